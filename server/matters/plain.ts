/** Residents' three most used errands without JavaScript: whose plate, say something, follow. */
import { randomBytes } from "node:crypto";
import { MATTER_KINDS, type MatterKind, type MatterSubtype } from "@wanjia/domain/matters/terms";
import { SPOTS, STOP_SIGNS_ON_PAGE } from "@wanjia/domain/matters/web";
import { HOUR_MS } from "@wanjia/domain/shared/instant";
import {
  RECEIPT_RANDOM_BYTES,
  readReceiptCode,
  receiptCode,
} from "@wanjia/domain/shared/receipt-code";
import type { Refusal, Result } from "@wanjia/domain/shared/result";
import { toBase64Url } from "@wanjia/sync/bytes";
import { lookOf } from "@wanjia/sync/receipt-keys";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Locale } from "../platform/access.ts";
import { AskingLimit } from "../platform/asking-limit.ts";
import { PLAIN, type Services } from "../platform/http.ts";
import { localeOf, sentence } from "../platform/messages.ts";
import { qrSvg } from "../platform/qr.ts";
import * as pages from "./plain-pages.ts";
import { followByReceipt, sayAtPlate, surroundingsAt } from "./residents.ts";

type ResolvePlate = (
  services: Services,
  code: string,
  locale: Locale,
) => Promise<Result<pages.PlateFace>>;

type FindPlaces = (
  services: Services,
  named: { readonly name: string; readonly number: string },
) => Promise<readonly pages.NamedFace[]>;

/** No puzzle is solved here, so an address may do little: a family's worth in an hour, slips included. */
const SAID_PER_HOUR = 6;
/** Guessing ten thousand receipts takes a day and more. */
const ASKED_PER_MINUTE = 6;

/** Nothing is loaded, run or framed; forms lead here alone. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/** Larger than any of our forms. */
const BODY_LIMIT_BYTES = 20_000;

interface Asked {
  readonly locale: Locale;
  readonly fields: pages.Fields;
  readonly code: string;
  readonly kind: string;
}

function asked(request: FastifyRequest): Asked {
  const { lang, code: typed = "" } = request.query as Readonly<Record<string, string | undefined>>;
  const { code = "", kind = "" } = request.params as Readonly<Record<string, string | undefined>>;
  const named = lang === "en" || lang === "zh-CN" ? lang : undefined;
  return {
    locale: named ?? localeOf(request.headers["accept-language"]),
    fields: (request.body ?? {}) as pages.Fields,
    code: code === "" ? String(typed) : code,
    kind,
  };
}

function isMatterKind(text: string): text is MatterKind {
  return MATTER_KINDS.some((kind) => kind === text);
}

function newReceipt(): string {
  return receiptCode(randomBytes(RECEIPT_RANDOM_BYTES));
}

function saying(locale: Locale, { code, params }: Refusal): string {
  return sentence(locale, code, params);
}

/** Answers with a page that nobody keeps: not the browser, not a proxy. */
function show(reply: FastifyReply, status: number, page: string) {
  return reply
    .status(status)
    .headers({
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": POLICY,
      "cache-control": "no-store",
    })
    .send(page);
}

export function plainPages(resolvePlate: ResolvePlate, findPlaces: FindPlaces) {
  return (app: FastifyInstance, services: Services): void => {
    const saidBy = new AskingLimit(SAID_PER_HOUR, HOUR_MS);
    const askedBy = new AskingLimit(ASKED_PER_MINUTE);
    const now = () => services.clock.now();

    /** The sentence for who asks too often; null for who doesn't. */
    const tooOften = (limit: AskingLimit, request: FastifyRequest, locale: Locale) => {
      const seconds = limit.ask(request.ip, now());
      return seconds > 0 ? sentence(locale, "too-many-requests", { seconds }) : null;
    };

    void app.register(async (plain) => {
      plain.addContentTypeParser(
        "application/x-www-form-urlencoded",
        { parseAs: "string", bodyLimit: BODY_LIMIT_BYTES },
        (_request, body, done) => {
          // A byte that no text in the database can carry, and no keyboard types.
          const typed = (body as string).replaceAll("%00", "").replaceAll("\0", "");
          done(null, Object.fromEntries(new URLSearchParams(typed)));
        },
      );

      plain.get(PLAIN, (request, reply) => {
        const { locale } = asked(request);
        return show(reply, 200, pages.homePage(locale, null));
      });

      const plate = async (request: FastifyRequest, reply: FastifyReply) => {
        const { locale, code } = asked(request);
        const wait = tooOften(askedBy, request, locale);
        if (wait !== null) return show(reply, 429, pages.homePage(locale, wait));
        const found = await resolvePlate(services, code, locale);
        if (!found.ok) {
          return show(reply, 404, pages.homePage(locale, saying(locale, found.refusal)));
        }
        return show(reply, 200, pages.platePage(locale, code, found.value));
      };
      plain.get(`${PLAIN}plate`, plate);
      plain.get(`${PLAIN}p/:code`, plate);

      plain.get(`${PLAIN}place`, async (request, reply) => {
        const { locale } = asked(request);
        const wait = tooOften(askedBy, request, locale);
        if (wait !== null) return show(reply, 429, pages.homePage(locale, wait));
        const query = request.query as Readonly<Record<string, string | string[] | undefined>>;
        const [name = "", number = ""] = [query["name"], query["number"]].map((one) =>
          [one].flat().join("").replaceAll("\0", "").trim().slice(0, 40),
        );
        const found =
          name.length < 2 || number === "" ? [] : await findPlaces(services, { name, number });
        return found.length === 0
          ? show(reply, 404, pages.homePage(locale, sentence(locale, "place-not-named")))
          : show(reply, 200, pages.placesPage(locale, found));
      });

      plain.get(`${PLAIN}p/:code/say`, (request, reply) => {
        const { locale, code } = asked(request);
        return show(reply, 200, pages.kindsPage(locale, code));
      });

      const form = async (
        request: FastifyRequest,
        reply: FastifyReply,
        status: number,
        problem: string | null,
      ) => {
        const { locale, code, kind, fields } = asked(request);
        const around = await surroundingsAt(services, code);
        if (!around.ok || !isMatterKind(kind)) {
          const why = around.ok ? null : saying(locale, around.refusal);
          return show(reply, 404, pages.homePage(locale, why));
        }
        const receipt = readReceiptCode(fields["receipt"] ?? "");
        // Made with the form, so that a form sent twice says the same thing once.
        const held = { ...fields, receipt: receipt.ok ? receipt.value : newReceipt() };
        return show(reply, status, pages.sayPage(locale, code, kind, around.value, held, problem));
      };
      plain.get(`${PLAIN}p/:code/say/:kind`, (request, reply) => {
        const { locale } = asked(request);
        const wait = tooOften(askedBy, request, locale);
        return wait === null
          ? form(request, reply, 200, null)
          : show(reply, 429, pages.homePage(locale, wait));
      });
      plain.post(`${PLAIN}p/:code/say/:kind`, async (request, reply) => {
        const { locale, code, kind, fields } = asked(request);
        const receipt = readReceiptCode(fields["receipt"] ?? "");
        if (!receipt.ok || !isMatterKind(kind)) return form(request, reply, 422, null);
        const wait = tooOften(saidBy, request, locale);
        if (wait !== null) return form(request, reply, 429, wait);
        const [spot = "", part] = (fields["spot"] ?? "").split(":", 2);
        const phone = fields["phone"]?.trim() ?? "";
        const signs = STOP_SIGNS_ON_PAGE.filter((sign) => fields[sign] === "yes");
        const sent = await sayAtPlate(
          services,
          {
            plate: code,
            // Refused by the rules where it is none.
            spot: SPOTS.find((one) => one === spot) ?? "door",
            part,
            kind,
            subtype: (fields["subtype"] ?? "") as MatterSubtype,
            text: fields["text"] ?? "",
            feedback: pages.PLAIN_WISHES.find((one) => one === fields["feedback"]) ?? "page",
            contact: phone === "" ? undefined : { phone, consent: fields["consent"] === "yes" },
            stopSigns: kind === "dispute" ? signs : undefined,
            look: toBase64Url(await lookOf(receipt.value)),
          },
          "plain",
        );
        if (!sent.ok) return form(request, reply, 422, saying(locale, sent.refusal));
        const { protocol, host } = request;
        const qr = await qrSvg(`${protocol}://${host}/receipt#${receipt.value}`, "M");
        return show(reply, 200, pages.sentPage(locale, receipt.value, qr, sent.value));
      });

      plain.get(`${PLAIN}receipt`, (request, reply) => {
        const { locale } = asked(request);
        return show(reply, 200, pages.askPage(locale, null));
      });
      plain.post(`${PLAIN}receipt`, async (request, reply) => {
        const { locale, fields } = asked(request);
        const wait = tooOften(askedBy, request, locale);
        if (wait !== null) return show(reply, 429, pages.askPage(locale, wait));
        const receipt = readReceiptCode(fields["receipt"] ?? "");
        const found = receipt.ok
          ? await followByReceipt(services, toBase64Url(await lookOf(receipt.value)))
          : undefined;
        if (found === undefined) {
          const why = sentence(locale, "receipt-unknown");
          return show(reply, 404, pages.askPage(locale, why));
        }
        return show(reply, 200, pages.statePage(locale, found));
      });
    });
  };
}
