/** Residents' most used errands without JavaScript: whose plate, say something, follow it and answer. */
import { randomBytes } from "node:crypto";
import {
  MATTER_KINDS,
  type MatterKind,
  type MatterSubtype,
  SOLVED_ANSWERS,
} from "@wanjia/domain/matters/terms";
import {
  RESIDENT_REOPEN_REASONS,
  RESIDENT_STEPS,
  type ResidentCommand,
  type ResidentStep,
} from "@wanjia/domain/matters/resident";
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
import { type Fields, readForms, showPage as show } from "../platform/page.ts";
import * as pages from "./plain-pages.ts";
import { wordsIn } from "./plain-parts.ts";
import * as receipts from "./plain-receipts.ts";
import { followByReceipt, sayAtPlate, stepByReceipt, surroundingsAt } from "./residents.ts";

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

interface Asked {
  readonly locale: Locale;
  readonly fields: Fields;
  readonly code: string;
  readonly kind: string;
}

function asked(request: FastifyRequest): Asked {
  const { lang, code: typed = "" } = request.query as Readonly<Record<string, string | undefined>>;
  const { code = "", kind = "" } = request.params as Readonly<Record<string, string | undefined>>;
  const named = lang === "en" || lang === "zh-CN" ? lang : undefined;
  return {
    locale: named ?? localeOf(request.headers["accept-language"]),
    fields: (request.body ?? {}) as Fields,
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

function markIn(typed: string | undefined): number | undefined {
  return typed === undefined ? undefined : Number(typed);
}

/** The order that a form stands for; or the sentence that says what is still to be filled in. */
function orderOf(step: ResidentStep, fields: Fields, locale: Locale): ResidentCommand | string {
  const words = wordsIn(locale).labels.steps;
  const { text = "" } = fields;
  switch (step) {
    case "answer_callback": {
      const solved = SOLVED_ANSWERS.find((one) => one === fields["solved"]);
      const { contacted, satisfaction } = fields;
      if (contacted === undefined || solved === undefined || satisfaction === undefined) {
        return words.answer_callback.missing;
      }
      return {
        type: "answer_callback",
        contacted: contacted === "yes",
        solved,
        satisfaction: Number(satisfaction),
        respectful: markIn(fields["respectful"]),
        informed: markIn(fields["informed"]),
        mayContact: fields["mayContact"] === "yes",
        text,
      };
    }
    case "reopen": {
      const reason = RESIDENT_REOPEN_REASONS.find((one) => one === fields["reason"]);
      return reason === undefined || text.trim() === ""
        ? words.reopen.missing
        : { type: "reopen", reason, text };
    }
    case "withdraw":
      return fields["sure"] === "yes" ? { type: "withdraw", text: "" } : words.withdraw.tick;
  }
}

export function plainPages(resolvePlate: ResolvePlate, findPlaces: FindPlaces) {
  return (app: FastifyInstance, services: Services): void => {
    const saidBy = new AskingLimit(SAID_PER_HOUR, HOUR_MS);
    const askedBy = new AskingLimit(ASKED_PER_MINUTE);
    const now = () => services.clock.now();

    /** The sentence for who asks too often; null for who doesn't. */
    const tooOften = (limit: AskingLimit, request: FastifyRequest, locale: Locale) => {
      const seconds = limit.ask(request.ip, now());
      if (seconds === 0) return null;
      return limit === saidBy
        ? sentence(locale, "network-busy", { minutes: Math.ceil(seconds / 60) })
        : sentence(locale, "too-many-requests", { seconds });
    };

    void app.register(async (plain) => {
      readForms(plain);

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
          { source: "plain", address: request.ip },
        );
        if (!sent.ok) return form(request, reply, 422, saying(locale, sent.refusal));
        const { protocol, host } = request;
        const qr = await qrSvg(`${protocol}://${host}/receipt#${receipt.value}`, "M");
        return show(reply, 200, receipts.sentPage(locale, receipt.value, qr, sent.value));
      });

      plain.get(`${PLAIN}receipt`, (request, reply) => {
        const { locale } = asked(request);
        return show(reply, 200, receipts.askPage(locale, null));
      });
      const unknown = (reply: FastifyReply, locale: Locale) =>
        show(reply, 404, receipts.askPage(locale, sentence(locale, "receipt-unknown")));
      plain.post(`${PLAIN}receipt`, async (request, reply) => {
        const { locale, fields } = asked(request);
        const wait = tooOften(askedBy, request, locale);
        if (wait !== null) return show(reply, 429, receipts.askPage(locale, wait));
        const receipt = readReceiptCode(fields["receipt"] ?? "");
        if (!receipt.ok) return unknown(reply, locale);
        const look = toBase64Url(await lookOf(receipt.value));
        const found = await followByReceipt(services, look);
        if (found === undefined) return unknown(reply, locale);
        return show(reply, 200, receipts.statePage(locale, receipt.value, found, null));
      });

      for (const step of RESIDENT_STEPS) {
        plain.post(`${PLAIN}${receipts.STEP_PATHS[step]}`, async (request, reply) => {
          const { locale, fields } = asked(request);
          const wait = tooOften(askedBy, request, locale) ?? tooOften(saidBy, request, locale);
          if (wait !== null) return show(reply, 429, receipts.askPage(locale, wait));
          const receipt = readReceiptCode(fields["receipt"] ?? "");
          if (!receipt.ok) return unknown(reply, locale);
          const look = toBase64Url(await lookOf(receipt.value));
          const order = orderOf(step, fields, locale);
          const taken =
            typeof order === "string" ? undefined : await stepByReceipt(services, look, order);
          const matter = taken?.ok === true ? taken.value : await followByReceipt(services, look);
          if (matter === undefined) return unknown(reply, locale);
          const refused = taken?.ok === false ? saying(locale, taken.refusal) : null;
          const problem = typeof order === "string" ? order : refused;
          const tried = { step, fields, problem };
          const state = receipts.statePage(locale, receipt.value, matter, tried);
          return show(reply, problem === null ? 200 : 422, state);
        });
      }
    });
  };
}
