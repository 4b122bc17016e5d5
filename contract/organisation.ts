import { oc } from "@orpc/contract";
import { LOGIN, PARTNER_KINDS, ROLES } from "@wanjia/domain/organisation/terms";
import { z } from "zod";
import { idSchema, localDateSchema, refusals, sessionRefusals } from "./shared.ts";

const tags = ["organisation"];
const name = z.string().trim().min(1).max(80);
const phone = z.string().trim().max(30);

const pointSchema = z
  .object({ lon: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) })
  .meta({ description: "WGS 84" });

export const stationRow = z.object({
  id: idSchema,
  code: z.string(),
  name: z.string(),
  nameEn: z.string(),
  shortName: z.string(),
  dutyPhone: z.string(),
  address: z.string(),
  point: pointSchema.nullable(),
});
const outlineSchema = z
  .object({
    type: z.literal("Polygon"),
    coordinates: z
      .array(
        z
          .array(z.tuple([z.number(), z.number()]))
          .min(4)
          .max(2000),
      )
      .min(1)
      .max(20),
  })
  .meta({ description: "GeoJSON polygon, WGS 84" });
export const beatRow = z.object({
  id: idSchema,
  stationId: idSchema,
  code: z.string(),
  name: z.string(),
  nameEn: z.string(),
  epoch: z.int(),
  outline: outlineSchema.nullable(),
});
export const communityRow = z.object({
  id: idSchema,
  divisionCode: z.string(),
  name: z.string(),
  kind: z.enum(["residents_committee", "village_committee"]),
  stationId: idSchema,
  beatId: idSchema.nullable(),
  liaison: z
    .object({ memberId: idSchema, name: z.string(), validFrom: localDateSchema })
    .nullable(),
});
export const gridRow = z.object({
  id: idSchema,
  communityId: idSchema,
  beatId: idSchema.nullable(),
  code: z.string(),
  name: z.string(),
});
export const postingRow = z.object({
  id: idSchema,
  role: z.enum(ROLES),
  stationId: idSchema.nullable(),
  beatId: idSchema.nullable(),
  /** The body for which a partner answers. */
  partnerId: idSchema.nullable(),
  validFrom: localDateSchema,
  validTo: localDateSchema.nullable(),
});
export const memberRow = z.object({
  id: idSchema,
  login: z.string(),
  name: z.string(),
  number: z.string(),
  title: z.string(),
  sworn: z.boolean(),
  publicPhone: z.string(),
  active: z.boolean(),
  postings: z.array(postingRow),
});
export const partnerRow = z.object({
  id: idSchema,
  kind: z.enum(PARTNER_KINDS),
  name: z.string(),
  phone: z.string(),
  active: z.boolean(),
});

const signedInErrors = sessionRefusals;

export const organisationContract = {
  units: oc
    .route({
      method: "GET",
      path: "/organisation",
      tags,
      summary: "Stations, beats, communities and grids of the bureau",
    })
    .output(
      z.object({
        stations: z.array(stationRow),
        beats: z.array(beatRow),
        communities: z.array(communityRow),
        grids: z.array(gridRow),
      }),
    )
    .errors(signedInErrors),
  saveStation: oc
    .route({
      method: "PUT",
      path: "/organisation/stations/{id}",
      tags,
      summary: "Add or change a station",
    })
    .input(
      z.object({
        id: idSchema,
        code: z.string().regex(/^[0-9A-Z]{12}$/),
        name,
        nameEn: name,
        shortName: name,
        dutyPhone: phone,
        address: z.string().max(200),
        point: pointSchema.nullish(),
      }),
    )
    .output(stationRow)
    .errors({ ...signedInErrors, ...refusals({ "code-taken": 409 }) }),
  saveBeat: oc
    .route({
      method: "PUT",
      path: "/organisation/beats/{id}",
      tags,
      summary: "Add or change a beat",
    })
    .input(
      z.object({
        id: idSchema,
        stationId: idSchema,
        code: z.string().min(1).max(30),
        name,
        nameEn: name,
        outline: outlineSchema.nullable().default(null),
      }),
    )
    .output(beatRow)
    .errors({
      ...signedInErrors,
      ...refusals({
        "code-taken": 409,
        "unknown-station": 422,
        "outline-too-small": 422,
        "outline-open": 422,
        "outline-crosses-itself": 422,
        "outline-off-the-globe": 422,
      }),
    }),
  saveCommunity: oc
    .route({
      method: "PUT",
      path: "/organisation/communities/{id}",
      tags,
      summary: "Add or change a community",
    })
    .input(
      z.object({
        id: idSchema,
        divisionCode: z.string().regex(/^\d{12}$/),
        name,
        kind: z.enum(["residents_committee", "village_committee"]),
        stationId: idSchema,
        beatId: idSchema.nullable(),
      }),
    )
    .output(communityRow)
    .errors({
      ...signedInErrors,
      ...refusals({ "code-taken": 409, "unknown-station": 422, "unknown-beat": 422 }),
    }),
  members: oc
    .route({
      method: "GET",
      path: "/organisation/members",
      tags,
      summary: "Members with their postings, past ones too",
    })
    .input(
      z.object({
        stationId: idSchema.optional(),
        role: z.enum(ROLES).optional(),
        q: z.string().max(40).optional(),
      }),
    )
    .output(z.object({ items: z.array(memberRow) }))
    .errors(signedInErrors),
  addMember: oc
    .route({
      method: "POST",
      path: "/organisation/members",
      tags,
      summary: "Add a member with an account",
    })
    .input(
      z.object({
        login: z.string().regex(LOGIN),
        password: z.string().min(10).max(200),
        name,
        number: z.string().min(1).max(30),
        title: z.string().max(40).default(""),
        sworn: z.boolean(),
        publicPhone: phone.default(""),
      }),
    )
    .output(memberRow)
    .errors({ ...signedInErrors, ...refusals({ "login-taken": 409, "number-taken": 409 }) }),
  saveMember: oc
    .route({
      method: "PUT",
      path: "/organisation/members/{id}",
      tags,
      summary: "Change a member; inactive members can't sign in",
    })
    .input(
      z.object({
        id: idSchema,
        name,
        title: z.string().max(40),
        publicPhone: phone,
        active: z.boolean(),
      }),
    )
    .output(memberRow)
    .errors({ ...signedInErrors, ...refusals({ "not-found": 404 }) }),
  setPassword: oc
    .route({
      method: "PUT",
      path: "/organisation/members/{id}/password",
      tags,
      summary: "Set a new password; ends the member's sessions",
    })
    .input(z.object({ id: idSchema, password: z.string().min(10).max(200) }))
    .output(z.object({ done: z.literal(true) }))
    .errors({ ...signedInErrors, ...refusals({ "not-found": 404 }) }),
  addPosting: oc
    .route({
      method: "POST",
      path: "/organisation/members/{memberId}/postings",
      tags,
      summary: "Post a member from a day on",
    })
    .input(
      z.object({
        memberId: idSchema,
        role: z.enum(ROLES),
        stationId: idSchema.nullable(),
        beatId: idSchema.nullable(),
        partnerId: idSchema.nullable().default(null),
        validFrom: localDateSchema,
        validTo: localDateSchema.nullable().default(null),
      }),
    )
    .output(postingRow)
    .errors({
      ...signedInErrors,
      ...refusals({
        "not-found": 404,
        "must-be-sworn": 422,
        "seat-missing": 422,
        "beat-of-another-station": 422,
        "ends-before-it-begins": 422,
        "postings-overlap": 409,
      }),
    }),
  endPosting: oc
    .route({
      method: "POST",
      path: "/organisation/postings/{id}/end",
      tags,
      summary: "End a posting; its past stays",
    })
    .input(z.object({ id: idSchema, on: localDateSchema }))
    .output(postingRow)
    .errors({
      ...signedInErrors,
      ...refusals({ "not-found": 404, "ends-before-it-begins": 422, "already-ended": 409 }),
    }),
  linkOfficer: oc
    .route({
      method: "POST",
      path: "/organisation/communities/{communityId}/liaison",
      tags,
      summary: "Link one officer to a community from a day on (一村一民警)",
    })
    .input(z.object({ communityId: idSchema, memberId: idSchema, from: localDateSchema }))
    .output(communityRow)
    .errors({
      ...signedInErrors,
      ...refusals({ "not-found": 404, "must-be-sworn": 422, "ends-before-it-begins": 422 }),
    }),
  partners: oc
    .route({ method: "GET", path: "/organisation/partners", tags, summary: "Partner bodies" })
    .output(z.object({ items: z.array(partnerRow) }))
    .errors(signedInErrors),
  savePartner: oc
    .route({
      method: "PUT",
      path: "/organisation/partners/{id}",
      tags,
      summary: "Add or change a partner body",
    })
    .input(
      z.object({ id: idSchema, kind: z.enum(PARTNER_KINDS), name, phone, active: z.boolean() }),
    )
    .output(partnerRow)
    .errors(signedInErrors),
};
