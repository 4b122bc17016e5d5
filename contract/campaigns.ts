import { oc } from "@orpc/contract";
import {
  CAMPAIGN_STATES,
  CAMPAIGN_TRACKS,
  type CampaignRefusal,
} from "@wanjia/domain/campaigns/terms";
import { VISITABLE_KINDS } from "@wanjia/domain/places/terms";
import { FORM_CODES } from "@wanjia/domain/visits/form-definition";
import { z } from "zod";
import {
  idSchema,
  instantSchema,
  listQuery,
  listReply,
  localDateSchema,
  refusals,
  sessionRefusals,
} from "./shared.ts";

const tags = ["campaigns"];
const name = z.string().max(100);

const teamSchema = z.object({
  id: idSchema,
  name,
  stationId: idSchema,
  memberIds: z.array(idSchema).max(200),
});

const stockSchema = z.object({
  code: z.string().max(60),
  name,
  nameEn: name,
  stock: z.number().meta({ description: "How many there are" }),
});

/** What a draft holds. */
const campaignPlan = z.object({
  name,
  nameEn: name,
  track: z.enum(CAMPAIGN_TRACKS),
  aim: z.string().max(2000),
  startsOn: localDateSchema,
  endsOn: localDateSchema.meta({ description: "The last day" }),
  phases: z
    .array(z.object({ name, nameEn: name, startsOn: localDateSchema, endsOn: localDateSchema }))
    .max(20),
  stationIds: z.array(idSchema).max(1000),
  target: z.object({
    kinds: z.array(z.enum(VISITABLE_KINDS)).max(VISITABLE_KINDS.length),
    communityIds: z.array(idSchema).max(5000),
    beatIds: z.array(idSchema).max(5000),
  }),
  forms: z.array(z.object({ code: z.enum(FORM_CODES), version: z.int() })).max(20),
  leaflets: z.array(stockSchema).max(50),
  devices: z.array(stockSchema).max(50),
  teams: z.array(teamSchema).max(3000),
  samplingPlan: z.boolean(),
});

const campaignRow = z
  .object({
    id: idSchema,
    name: z.string(),
    nameEn: z.string(),
    state: z.enum(CAMPAIGN_STATES),
    track: z.enum(CAMPAIGN_TRACKS),
    startsOn: localDateSchema,
    endsOn: localDateSchema,
    stations: z.int(),
    teams: z.int(),
  })
  .meta({ id: "CampaignRow" });

const campaignDetail = campaignPlan
  .extend({
    id: idSchema,
    state: z.enum(CAMPAIGN_STATES),
    version: z.int(),
    openedAt: instantSchema.nullable(),
    closedAt: instantSchema.nullable(),
  })
  .meta({ id: "Campaign" });
export type CampaignDetail = z.infer<typeof campaignDetail>;

const text = z.object({ "zh-CN": z.string().max(200), en: z.string().max(200) });

/** What the Statistics Act (17) wants a form to carry. */
const legalMarks = z.object({
  formNo: z.string().min(1).max(40),
  issuingBody: text,
  approvalNo: z.string().max(60),
  expiresOn: localDateSchema,
});

export const formRow = z
  .object({
    code: z.enum(FORM_CODES),
    version: z.int(),
    title: text,
    marks: legalMarks,
    placeKinds: z.array(z.string()),
    adoptedAt: instantSchema,
  })
  .meta({ id: "Form" });

const STATUS = {
  "campaign-not-draft": 409,
  "campaign-not-open": 409,
  "campaign-changed": 409,
  "name-missing": 422,
  "period-reversed": 422,
  "period-too-long": 422,
  "period-over": 422,
  "phase-outside-period": 422,
  "stations-missing": 422,
  "station-unknown": 422,
  "target-missing": 422,
  "target-outside-stations": 422,
  "forms-missing": 422,
  "form-unknown": 422,
  "form-expires-early": 422,
  "form-unsuitable": 422,
  "teams-missing": 422,
  "team-empty": 422,
  "team-too-large": 422,
  "team-outside-stations": 422,
  "team-member-unknown": 422,
  "auxiliary-alone": 422,
  "stock-invalid": 422,
  "stock-repeated": 422,
} as const satisfies Record<CampaignRefusal, number>;

const errors = { ...sessionRefusals, ...refusals({ "not-found": 404, ...STATUS }) };
const byId = z.object({ id: idSchema });

export const campaignsContract = {
  list: oc
    .route({ method: "GET", path: "/campaigns", tags, summary: "Campaigns of the bureau" })
    .input(
      listQuery.extend({
        state: z.enum(CAMPAIGN_STATES).optional(),
        stationId: idSchema.optional(),
        on: localDateSchema.optional().meta({ description: "Running on this day" }),
      }),
    )
    .output(listReply(campaignRow))
    .errors({ ...sessionRefusals, ...refusals({ "bad-cursor": 400, "unknown-sort": 400 }) }),
  get: oc
    .route({ method: "GET", path: "/campaigns/{id}", tags, summary: "One campaign" })
    .input(byId)
    .output(campaignDetail)
    .errors({ ...sessionRefusals, ...refusals({ "not-found": 404 }) }),
  create: oc
    .route({ method: "POST", path: "/campaigns", tags, summary: "Draft a campaign" })
    .input(campaignPlan)
    .output(campaignDetail)
    .errors(errors),
  edit: oc
    .route({ method: "PUT", path: "/campaigns/{id}", tags, summary: "Change a draft" })
    .input(campaignPlan.extend({ id: idSchema, version: z.int() }))
    .output(campaignDetail)
    .errors(errors),
  open: oc
    .route({
      method: "POST",
      path: "/campaigns/{id}/open",
      tags,
      summary: "Open a campaign",
      description:
        "From now on visits count for it. The doors it is about appear on the officers' phones.",
    })
    .input(byId)
    .output(campaignDetail)
    .errors(errors),
  close: oc
    .route({ method: "POST", path: "/campaigns/{id}/close", tags, summary: "Close a campaign" })
    .input(byId)
    .output(campaignDetail)
    .errors(errors),
  setTeams: oc
    .route({
      method: "PUT",
      path: "/campaigns/{id}/teams",
      tags,
      summary: "Change the teams, also of an open campaign",
    })
    .input(byId.extend({ teams: z.array(teamSchema).max(3000) }))
    .output(campaignDetail)
    .errors(errors),
  targets: oc
    .route({
      method: "GET",
      path: "/campaigns/{id}/targets",
      tags,
      summary: "How many places a campaign is about, by beat and kind",
    })
    .input(byId)
    .output(
      z.object({
        items: z.array(
          z.object({
            stationId: idSchema,
            beatId: idSchema.nullable(),
            kind: z.enum(VISITABLE_KINDS),
            places: z.int(),
          }),
        ),
      }),
    )
    .errors({ ...sessionRefusals, ...refusals({ "not-found": 404 }) }),
  forms: oc
    .route({ method: "GET", path: "/forms", tags, summary: "Forms that the bureau adopted" })
    .output(z.object({ items: z.array(formRow) }))
    .errors(sessionRefusals),
  adoptForm: oc
    .route({
      method: "POST",
      path: "/forms",
      tags,
      summary: "Adopt a form with its legal marks, as a new version",
    })
    .input(z.object({ code: z.enum(FORM_CODES), marks: legalMarks }))
    .output(formRow)
    .errors(sessionRefusals),
  xlsForm: oc
    .route({
      method: "GET",
      path: "/forms/{code}/{version}/xlsform",
      tags,
      summary: "A form as the rows of an XLSForm",
    })
    .input(z.object({ code: z.enum(FORM_CODES), version: z.coerce.number().int() }))
    .output(
      z.object({
        survey: z.array(z.record(z.string(), z.string())),
        choices: z.array(z.record(z.string(), z.string())),
        settings: z.array(z.record(z.string(), z.string())),
      }),
    )
    .errors({ ...sessionRefusals, ...refusals({ "not-found": 404 }) }),
};
