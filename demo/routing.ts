/** Who is responsible for what in 云汀市. */
import type { PartnerKind } from "@wanjia/domain/organisation/terms";
import { writeRule } from "@wanjia/domain/routing/rules";
import type {
  RoutingConditions,
  RoutingRule,
  RoutingRuleDraft,
  RoutingTarget,
} from "@wanjia/domain/routing/terms";
import { companyOf } from "./city.ts";
import type { City } from "./terms.ts";

const ANY: RoutingConditions = {
  kind: null,
  subtype: null,
  grade: null,
  placeKind: null,
  stationId: null,
  communityId: null,
};
const STATION: RoutingTarget = { to: "station", id: null };

/**
 * The city's table: what the law names a body for goes there, what belongs to an estate to its
 * property company, all else stays with the station.
 */
export function routingRules(city: City): readonly RoutingRule[] {
  const { partners, communities, stations, beats, members } = city;
  const rule = (
    when: Partial<RoutingConditions>,
    target: RoutingTarget,
    basis = "",
  ): RoutingRuleDraft => ({ number: null, when: { ...ANY, ...when }, target, basis });
  const body = (kind: PartnerKind): RoutingTarget => {
    const found = partners.find((one) => one.kind === kind);
    return found === undefined ? STATION : { to: "partner", id: found.id };
  };
  const unit = members.find(({ login }) => login === "demo.unit");
  const everywhere: RoutingRuleDraft[] = [
    rule({ kind: "opinion" }, STATION, "首接负责"),
    rule({ kind: "service_request" }, STATION, "首接负责"),
    rule({ kind: "dispute" }, STATION, "首接负责"),
    rule({ kind: "hazard" }, STATION, "首接负责"),
    rule({ kind: "hazard", grade: "major_candidate" }, body("fire_service"), "安全生产法 70"),
    rule({ kind: "hazard", grade: "major" }, body("fire_service"), "安全生产法 70"),
    rule(
      { kind: "service_request", subtype: "hardship_help" },
      body("civil_affairs"),
      "社会救助暂行办法 4",
    ),
    rule({ kind: "service_request", subtype: "legal_aid" }, body("legal_aid"), "法律援助法 12"),
    ...(unit === undefined
      ? []
      : [rule({ kind: "opinion", subtype: "traffic" }, { to: "unit", id: unit.id }, "局内分工")]),
  ];
  const ofStations = stations.flatMap((station): RoutingRuleDraft[] => {
    const own = station.name.replace(/派出所$/u, "");
    const committee = partners.find(
      ({ kind, name }) => kind === "mediation_committee" && name.startsWith(own),
    );
    if (committee === undefined) return [];
    const when = { kind: "dispute", subtype: "neighbour_noise", stationId: station.id } as const;
    return [rule(when, { to: "partner", id: committee.id }, "人民调解法 18")];
  });
  const ofEstates = communities.flatMap((community): RoutingRuleDraft[] => {
    if (community.kind === "village_committee") return [];
    const beat = beats.find(({ id }) => id === community.beatId);
    const company = companyOf(beat, communities, partners);
    if (company === undefined) return [];
    const here = { stationId: community.stationId, communityId: community.id };
    const target: RoutingTarget = { to: "partner", id: company.id };
    const basis = "物业管理条例 45";
    return [
      rule({ ...here, kind: "service_request", subtype: "minor_repair" }, target, basis),
      rule({ ...here, kind: "hazard", subtype: "unlit_path", grade: "ordinary" }, target, basis),
    ];
  });
  return [...everywhere, ...ofStations, ...ofEstates].reduce<readonly RoutingRule[]>(
    (rules, one) => {
      const written = writeRule(rules, one);
      if (!written.ok) throw new Error(`${written.refusal.code} in the city's routing table`);
      return written.value;
    },
    [],
  );
}
