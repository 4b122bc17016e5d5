/** Door plates on paper, and what a resident sees who scans one. */
import { plateCode, printedPlateCode, readPlateCode } from "@wanjia/domain/places/plate";
import { noticeOn, tellNotice } from "@wanjia/domain/privacy/notices";
import { localDate } from "@wanjia/domain/shared/instant";
import { accept, refuse, type Result } from "@wanjia/domain/shared/result";
import { places as en } from "@wanjia/contract/messages/places.en";
import { places as zh } from "@wanjia/contract/messages/places.zh-CN";
import {
  bureauIds,
  findBureau,
  listBeats,
  listMembers,
  listStations,
} from "../organisation/read-model.ts";
import type { Locale } from "../platform/access.ts";
import { passOf } from "../platform/crypto.ts";
import type { Services } from "../platform/http.ts";
import { Html, html } from "../platform/html.ts";
import { drawPage, fill } from "../platform/page.ts";
import { qrSvg } from "../platform/qr.ts";
import { type NamedPlace, placeSeats, placesNamed, standOf } from "./read-model.ts";

/** What the square holds: the bureau's own domain and the opaque code, nothing else. */
function plateUrl(origin: string, code: string): string {
  return `${origin.replace(/\/$/, "")}/p/${code}`;
}

/** Level Q reads with a quarter of the square scratched or covered. */
export function plateSvg(origin: string, code: string): Promise<string> {
  return qrSvg(plateUrl(origin, code), "Q");
}

/** A page of A4 with three by four plates; the domain stands in plain letters beside each square. */
export async function plateSheet(options: {
  origin: string;
  locale: Locale;
  plates: readonly { id: string; fullText: string; station: string; dutyPhone: string }[];
}): Promise<string> {
  const words = (options.locale === "en" ? en : zh).plateSheet;
  const domain = new URL(options.origin).host;
  const cards: Html[] = [];
  for (const plate of options.plates) {
    cards.push(
      html`<article>
        <p class="for">${plate.fullText}</p>
        <div class="code">${new Html(await plateSvg(options.origin, plate.id))}</div>
        <p class="domain">${domain}</p>
        <p>${words.scan}</p>
        <p class="check">${fill(words.check, { domain })}</p>
        <p class="serial">${words.serial} ${printedPlateCode(plate.id)}</p>
        <p>${plate.station} · ${words.duty} ${plate.dutyPhone}</p>
      </article>`,
    );
  }
  return drawPage({
    locale: options.locale,
    title: words.title,
    style: SHEET_STYLE,
    body: html`<main>${cards}</main>`,
  });
}

const SHEET_STYLE = `
@page { size: A4; margin: 10mm }
* { box-sizing: border-box }
body { margin: 0; font: 9pt/1.35 "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; color: #111; background: #fff }
main { display: grid; grid-template-columns: repeat(3, 1fr); gap: 4mm; max-width: 190mm; margin: 0 auto }
article { border: 0.3mm dashed #888; padding: 3mm; text-align: center; break-inside: avoid }
article p { margin: 0.6mm 0 }
/* At least 25 mm, so that any phone reads it at arm's length. */
.code svg { width: 30mm; height: 30mm }
.domain { font-size: 11pt; font-weight: 700 }
.check { font-weight: 700 }
.serial { font-family: "Noto Sans Mono", monospace; font-size: 8pt }
/* For whoever mounts it; cut off before mounting. */
.for { color: #555; border-bottom: 0.3mm dashed #888; padding-bottom: 1mm }
`;

/** The pages of the buildings at an address, by passes that lead nowhere else. */
export async function placesAt(
  { database, secrets }: Services,
  { name, number }: { readonly name: string; readonly number: string },
): Promise<(Omit<NamedPlace, "id"> & { code: string })[]> {
  const found: NamedPlace[] = [];
  for (const bureauId of await database.asSystem(null, bureauIds)) {
    found.push(...(await database.asSystem(bureauId, (tx) => placesNamed(tx, name, number))));
  }
  return found.map(({ id, ...at }) => ({ ...at, code: plateCode(passOf(secrets, id)) }));
}

export interface PublicPlate {
  /** Found by an address: there is no plate whose number could be compared. */
  byAddress: boolean;
  bureau: { name: string; nameEn: string; website: string };
  station: { name: string; nameEn: string; dutyPhone: string; address: string };
  beat: { name: string; nameEn: string } | null;
  officers: { name: string; title: string; publicPhone: string }[];
  notice: { version: string; card: string; shop: string; decline: string; withdrawal: string };
}

/**
 * Whose door this is, for whoever stands before it: station, officers of the beat as they present
 * themselves, phones, notice. Never the address, and no trace of the one who asked.
 */
export async function resolvePlate(
  services: Services,
  text: string,
  locale: Locale,
): Promise<
  Result<
    PublicPlate,
    "plate-unknown" | "plate-withdrawn" | "plate-malformed" | "plate-check-failed"
  >
> {
  const code = readPlateCode(text);
  if (!code.ok) return code;
  const stand = await standOf(services, bureauIds, code.value);
  if (stand === undefined) return refuse("plate-unknown");
  return services.database.asSystem(stand.bureauId, async (tx) => {
    const [seat] = await placeSeats(tx, [stand.placeId]);
    const station = (await listStations(tx)).find(({ id }) => id === seat?.stationId);
    const bureau = await findBureau(tx);
    const day = localDate(tx.now);
    const notice = noticeOn(day);
    if (
      seat === undefined ||
      station === undefined ||
      bureau === undefined ||
      notice === undefined
    ) {
      return refuse("plate-unknown");
    }
    const english = locale === "en";
    if (stand.withdrawn) {
      return refuse("plate-withdrawn", {
        station: english ? station.nameEn : station.name,
        phone: station.dutyPhone,
      });
    }
    const beat = (await listBeats(tx)).find(({ id }) => id === seat.beatId) ?? null;
    const members =
      beat === null
        ? []
        : await listMembers(tx, { stationId: station.id, role: "community_officer" });
    const officers = members
      .filter(
        ({ active, postings }) =>
          active &&
          postings.some(
            ({ role, beatId, validFrom, validTo }) =>
              role === "community_officer" &&
              beatId === beat?.id &&
              validFrom <= day &&
              (validTo === null || day < validTo),
          ),
      )
      .map(({ name, title, publicPhone }) => ({ name, title, publicPhone }));
    const told = (words: string): string =>
      tellNotice(words, {
        bureau: english ? bureau.nameEn : bureau.name,
        contact: bureau.privacyContact,
        station: english ? station.nameEn : station.name,
        address: station.address,
        phone: station.dutyPhone,
        officer: officers[0]?.name ?? "",
      });
    return accept({
      byAddress: stand.byAddress,
      bureau: { name: bureau.name, nameEn: bureau.nameEn, website: bureau.website },
      station: {
        name: station.name,
        nameEn: station.nameEn,
        dutyPhone: station.dutyPhone,
        address: station.address,
      },
      beat: beat === null ? null : { name: beat.name, nameEn: beat.nameEn },
      officers,
      notice: {
        version: notice.version,
        card: told(notice.texts.card[locale]),
        shop: told(notice.texts.shop[locale]),
        decline: told(notice.texts.decline[locale]),
        withdrawal: told(notice.withdrawal[locale]),
      },
    });
  });
}
