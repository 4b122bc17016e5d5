import type { CampaignDetail, formRow } from "@wanjia/contract/campaigns";
import type { Instant } from "@wanjia/domain/shared/instant";
import type { FormDefinition } from "@wanjia/domain/visits/form-definition";
import type { z } from "zod";
import type { CampaignView } from "./read-model.ts";

/** The contract's replies are typed as changeable; what the domain gives is not. */
type Mutable<T> = T extends readonly (infer Item)[]
  ? Mutable<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Mutable<T[Key]> }
    : T;

export function toMutable<T>(value: T): Mutable<T> {
  return value as Mutable<T>;
}

export function detailOf(campaign: CampaignView): CampaignDetail {
  return toMutable(campaign) as CampaignDetail;
}

export function formRowOf(form: FormDefinition, adoptedAt: Instant): z.infer<typeof formRow> {
  const { code, version, title, marks, placeKinds } = form;
  return toMutable({ code, version, title, marks, placeKinds, adoptedAt });
}
