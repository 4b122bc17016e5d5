/**
 * A seeded register of addresses as CSV: the mix of buildings of a large city (46 % high-rise, 22 %
 * walk-up, 20 % urban village, 10 % rural, 2 % dormitories), in the spellings that files have.
 * Townships come from a list, fictional unless one is given.
 */
import { seededRandom } from "@wanjia/domain/shared/random";

export interface Township {
  readonly code: string;
  readonly name: string;
}

export interface AddressPlan {
  readonly townships: readonly Township[];
  readonly communitiesPerTownship: number;
  readonly units: number;
  readonly seed: string;
}

/** 54 fictional townships under 9901xx, which is assigned to no place. */
export const FICTIONAL_TOWNSHIPS: readonly Township[] = Array.from({ length: 54 }, (_, i) => ({
  code: `99010${1 + (i % 6)}${String(1 + Math.floor(i / 6)).padStart(3, "0")}`,
  name: `${"青石临溪云岭松桥白沙南浦".slice((i % 6) * 2, (i % 6) * 2 + 2)}${Math.floor(i / 6) + 1}街道`,
}));

/** Reads `code,name,…` lines. */
export function townshipsOf(csv: string): Township[] {
  return csv
    .split(/\r?\n/)
    .slice(1)
    .filter((line) => line !== "")
    .map((line) => {
      const [code = "", name = ""] = line.replaceAll('"', "").split(",");
      return { code, name };
    });
}

export function communityCodes(plan: AddressPlan): string[] {
  return plan.townships.flatMap(({ code }) =>
    Array.from(
      { length: plan.communitiesPerTownship },
      (_, i) => `${code}${String(i + 1).padStart(3, "0")}`,
    ),
  );
}

const ADDRESS_HEADER = "社区代码,街路巷,门牌号,小区名称,楼栋,单元,楼层,户室号,用途";

/** Lines of the file, without the header, a piece at a time. */
function* addressLines(plan: AddressPlan): Generator<string> {
  const random = seededRandom(plan.seed);
  const integer = (min: number, max: number): number =>
    min + Math.floor(random() * (max - min + 1));
  const codes = communityCodes(plan);
  let left = plan.units;
  const roads = ["翠湖", "青石", "滨江", "云岭", "松桥", "临溪", "白沙", "望海"];
  const estates = ["苑", "花园", "公馆", "新村", "家园", "府"];
  const spell = (n: number): string =>
    ["幢", "号楼", "栋", "座"].map((word) => `${n}${word}`)[integer(0, 3)]!;
  for (let round = 0; left > 0; round++) {
    for (const code of codes) {
      if (left <= 0) break;
      const kind = random();
      const road = `${roads[integer(0, 7)]}${["路", "街", "巷"][integer(0, 2)]}`;
      const estate = `${roads[integer(0, 7)]}${estates[integer(0, 5)]}${round + 1}期`;
      let text = "";
      const push = (cells: string): void => {
        if (left <= 0) return;
        left -= 1;
        text += `${code},${cells}\n`;
      };
      // Shares of buildings that give the shares of homes above.
      if (kind < 0.22) {
        for (let building = 1; building <= 3; building++) {
          const floors = integer(11, 33);
          const perFloor = integer(2, 4);
          for (let entrance = 1; entrance <= 2; entrance++)
            for (let floor = 1; floor <= floors; floor++)
              for (let door = 1; door <= perFloor; door++)
                push(
                  `${road},${round + 8}号,${estate},${spell(building)},${entrance}单元,${floor},${floor}0${door},住宅`,
                );
        }
      } else if (kind < 0.42) {
        for (let building = 1; building <= 4; building++) {
          const floors = integer(5, 7);
          for (let entrance = 1; entrance <= integer(3, 6); entrance++)
            for (let floor = 1; floor <= floors; floor++)
              for (let door = 1; door <= 2; door++)
                push(
                  `,,${estate}东区,${building}幢,${["一", "二", "三", "四", "五", "六"][entrance - 1]}单元,${floor}楼,${floor}0${door}室,住宅`,
                );
        }
      } else if (kind < 0.8) {
        const houses = integer(5, 15);
        for (let house = 1; house <= houses; house++)
          for (let floor = 1; floor <= 5; floor++)
            for (let room = 1; room <= 4; room++)
              push(
                `${road},${round * 20 + house}号之${integer(1, 3)},,,,${floor}层,${floor}0${room},住宅`,
              );
      } else if (kind < 0.97) {
        for (let house = 1; house <= 40; house++)
          push(`${round * 4 + integer(1, 4)}组,${house + integer(0, 3) * 40}号,,,,,,住宅`);
      } else {
        for (let floor = 1; floor <= 6; floor++)
          for (let room = 1; room <= 14; room++)
            push(`,,${estate}宿舍,A座,,${floor},${floor}${String(room).padStart(2, "0")},住宅`);
      }
      if (text !== "") yield text;
    }
  }
}

/** The file as bytes, in pieces as a network would bring them. */
export async function* addressFile(plan: AddressPlan): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let piece = `\u{FEFF}${ADDRESS_HEADER}\n`;
  for (const text of addressLines(plan)) {
    piece += text;
    if (piece.length < 1 << 16) continue;
    yield encoder.encode(piece);
    piece = "";
  }
  yield encoder.encode(piece);
}
