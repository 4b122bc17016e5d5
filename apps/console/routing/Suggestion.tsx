import { useQuery } from "@tanstack/react-query";
import type { RoutingSuggestion } from "@wanjia/contract/routing";
import { mayReadRouting } from "@wanjia/domain/routing/policy";
import { Form } from "antd";
import { useEffect } from "react";
import { api } from "../shell/api.ts";
import { currentLocale } from "../shell/language.ts";
import { useSession } from "../shell/session.tsx";
import { useConditions } from "./sayings.ts";
import { useRoutingWords } from "./words.ts";

function useSuggestion(matterId: string): RoutingSuggestion | undefined {
  const { role } = useSession();
  const { data } = useQuery(
    api.routing.suggest.queryOptions({ input: { id: matterId }, enabled: mayReadRouting(role) }),
  );
  return data;
}

/** Who is responsible by the table that is on, and why; nothing where none is on. */
function Why({ suggestion: { version, rule, obstacle } }: { suggestion: RoutingSuggestion }) {
  const words = useRoutingWords();
  const conditions = useConditions();
  if (version === null) return null;
  if (rule === null) return <p className="desk-lead">{words("hint.none")}</p>;
  const { number, target, basis } = rule;
  return (
    <p className="desk-lead">
      {[
        words(`hint.${target.to}`, { number, when: conditions(rule), name: target.name ?? "—" }),
        ...(basis === "" ? [] : [words("hint.basis", { basis })]),
        words(obstacle === null ? "hint.own" : `hint.${obstacle}`),
      ].join(currentLocale() === "en" ? " " : "")}
    </p>
  );
}

/** Beside a matter that has yet to be handed on. */
export function RoutingWhy({ matterId }: { matterId: string }) {
  const suggestion = useSuggestion(matterId);
  return suggestion === undefined ? null : <Why suggestion={suggestion} />;
}

/**
 * In a form that hands a matter on, to a colleague or to a body outside: says why, and chooses whom
 * the table names while nobody was chosen yet.
 */
export function Preselect({ matterId, step }: { matterId: string; step: "assign" | "refer" }) {
  const suggestion = useSuggestion(matterId);
  const form = Form.useFormInstance<{ to?: string; law?: string }>();
  useEffect(() => {
    const { rule = null, obstacle = null } = suggestion ?? {};
    if (rule === null || obstacle !== null || rule.target.id === null) return;
    if (rule.target.to !== (step === "refer" ? "partner" : "unit")) return;
    if (form.getFieldValue("to") === undefined) form.setFieldValue("to", rule.target.id);
    if (step === "refer" && rule.basis !== "" && !form.getFieldValue("law")) {
      form.setFieldValue("law", rule.basis);
    }
  }, [suggestion, form, step]);
  return suggestion === undefined ? null : <Why suggestion={suggestion} />;
}
