import { communityForm } from "./form-community.ts";
import type { FormCode, FormDefinition } from "./form-definition.ts";
import { householdForm } from "./form-household.ts";
import { organisationForm } from "./form-organisation.ts";
import { shopForm } from "./form-shop.ts";

/** The forms that the product brings. A bureau adopts one with its own legal marks. */
export const FORMS: Readonly<Record<FormCode, FormDefinition>> = {
  form_household: householdForm,
  form_shop: shopForm,
  form_community: communityForm,
  form_organisation: organisationForm,
};
