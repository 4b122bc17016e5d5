/** Sends one text to an SMPP centre and says what comes back: `node scripts/try-smpp.ts smpp://name:password@host:port number [text]`. */
import { setTimeout } from "node:timers/promises";
import { SmppGateway, smppSettings } from "../server/answers/smpp.ts";

const [
  url,
  to,
  text = "【双乐派出所】您要办的“老人身份证上门办”已办好：已上门拍照，十五个工作日后送证到家。有不同意见请拨0591-12001100找我们，或拨12345。",
] = process.argv.slice(2);
if (url === undefined || to === undefined) throw new Error("an address and a number are needed");

const count = { receipts: 0, replies: 0 };
const gateway = new SmppGateway(
  {
    ...smppSettings(url, process.env["WANJIA_SMPP_SENDER"] ?? ""),
    bind:
      (["transmitter", "receiver"] as const).find((one) => one === process.env["BIND"]) ??
      "transceiver",
    log: console.log,
  },
  {
    async receipt(reference, arrived) {
      count.receipts += 1;
      console.log("receipt", reference, arrived ? "arrived" : "did not arrive");
    },
    async reply(_from, words) {
      count.replies += 1;
      if (count.replies <= 3) console.log("from a phone:", words);
    },
  },
);
for (let left = 100; left > 0 && !gateway.ready(); left -= 1) await setTimeout(100);
if (process.env["BIND"] !== "receiver") console.log(await gateway.send({ id: "trial", to, text }));
await setTimeout(5000);
await gateway.close();
console.log(count);
