import { Qr } from "@wanjia/ui/figures/Qr";
import { useVoiceWords } from "./words.ts";

/**
 * A receipt for cameras. Its digits stand behind the `#`, which no browser sends to any server; the page
 * takes them out of the address at once.
 */
export function ReceiptQr({ code }: { code: string }) {
  const words = useVoiceWords();
  return <Qr text={`${location.origin}/receipt#${code}`} label={words.sent.qr} />;
}
