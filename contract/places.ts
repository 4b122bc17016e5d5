import { oc } from "@orpc/contract";
import {
  ALIAS_KINDS,
  DIVISION_LEVELS,
  PLACE_KINDS,
  PLACE_STATUSES,
  PLACE_USES,
} from "@wanjia/domain/places/terms";
import { z } from "zod";
import { placeImports } from "./place-imports.ts";
import { publicPlaces } from "./public-places.ts";
import {
  idSchema,
  instantSchema,
  listQuery,
  listReply,
  localDateSchema,
  refusals,
  sessionRefusals,
} from "./shared.ts";

const tags = ["places"];
const part = z.string().trim().max(60);
const elements = z.object({
  street: part.optional(),
  doorNo: part.optional(),
  estateName: part.optional(),
  buildingNo: part.optional(),
  entranceNo: part.optional(),
  floorNo: part.optional(),
  unitNo: part.optional(),
  name: part.optional(),
});
const text = z.string().max(200);

export const placeRow = z.object({
  id: idSchema,
  kind: z.enum(PLACE_KINDS),
  stationId: idSchema,
  beatId: idSchema.nullable(),
  gridId: idSchema.nullable(),
  communityId: idSchema.nullable(),
  parentId: idSchema.nullable(),
  buildingId: idSchema.nullable(),
  stdCode: z.string().nullable(),
  street: z.string().nullable(),
  doorNo: z.string().nullable(),
  estateName: z.string().nullable(),
  buildingNo: z.string().nullable(),
  entranceNo: z.string().nullable(),
  floorNo: z.string().nullable(),
  unitNo: z.string().nullable(),
  name: z.string().nullable(),
  fullText: z.string(),
  use: z.enum(PLACE_USES).nullable(),
  status: z.enum(PLACE_STATUSES),
  validFrom: localDateSchema,
  validTo: localDateSchema.nullable(),
});

export const placeFilter = z.object({
  q: z.string().trim().min(1).max(100).optional().meta({
    description: "Any usual spelling of an address, its beginning, or an old name",
  }),
  stationId: idSchema.optional(),
  beatId: idSchema.optional(),
  buildingId: idSchema.optional(),
  parentId: idSchema.optional(),
  kind: z.enum(PLACE_KINDS).optional(),
  status: z
    .enum([...PLACE_STATUSES, "living"])
    .default("living")
    .meta({ description: "`living`: created or confirmed" }),
});

const plateRow = z.object({
  id: z.string(),
  placeId: idSchema,
  issuedAt: instantSchema,
  withdrawnAt: instantSchema.nullable(),
});

const placeReply = placeRow.extend({
  label: z.string(),
  attributes: z.record(z.string(), z.unknown()),
  replacedBy: z.array(idSchema),
  aliases: z.array(z.object({ text: z.string(), kind: z.enum(ALIAS_KINDS) })),
  above: z.array(z.object({ id: idSchema, kind: z.enum(PLACE_KINDS), fullText: z.string() })),
  below: z.int().meta({ description: "Living places directly below" }),
  plates: z.array(plateRow),
});

const buildingReply = z.object({
  building: placeRow.extend({ label: z.string() }),
  entrances: z.array(z.string()),
  floors: z.array(
    z.object({
      floorNo: z.string().meta({ description: "Empty where a door tells no floor" }),
      doors: z.array(placeRow.extend({ label: z.string() })),
    }),
  ),
  duplicates: z.array(z.object({ a: idSchema, b: idSchema, certain: z.boolean() })),
});

const addressErrors = refusals({
  "not-found": 404,
  "place-ended": 409,
  "address-empty": 422,
  "address-duplicate": 409,
  "door-without-parent": 422,
  "kind-below-itself": 422,
});
const endErrors = refusals({
  "not-found": 404,
  "place-ended": 409,
  "date-before-start": 422,
  "too-few-places": 422,
});

export const placesContract = {
  list: oc
    .route({ method: "GET", path: "/places", tags, summary: "Places, in the order of a walk" })
    .input(placeFilter.extend(listQuery.shape))
    .output(listReply(placeRow))
    .errors({ ...sessionRefusals, ...refusals({ "bad-cursor": 400, "unknown-sort": 400 }) }),
  search: oc
    .route({
      method: "GET",
      path: "/places/search",
      tags,
      summary:
        "The first places that an address, its beginning or an old name finds, as one is typed",
    })
    .input(z.object({ q: z.string().trim().min(1).max(100) }))
    .output(z.object({ items: z.array(placeRow) }))
    .errors(sessionRefusals),
  get: oc
    .route({ method: "GET", path: "/places/{id}", tags, summary: "One place" })
    .input(z.object({ id: idSchema }))
    .output(placeReply)
    .errors({ ...sessionRefusals, ...refusals({ "not-found": 404 }) }),
  building: oc
    .route({
      method: "GET",
      path: "/places/{id}/building",
      tags,
      summary: "The building of a place: its floors from the ground up, and their doors",
    })
    .input(z.object({ id: idSchema }))
    .output(buildingReply)
    .errors({ ...sessionRefusals, ...refusals({ "not-found": 404 }) }),
  add: oc
    .route({ method: "POST", path: "/places", tags, summary: "Add a place" })
    .input(
      z.object({
        kind: z.enum(PLACE_KINDS),
        parentId: idSchema.nullable().default(null),
        beatId: idSchema
          .optional()
          .meta({ description: "Needed without a parent; otherwise the parent's" }),
        communityId: idSchema.nullable().default(null),
        elements,
        fullText: text.optional(),
        use: z.enum(PLACE_USES).nullable().default(null),
        on: localDateSchema.optional().meta({ description: "First day it is valid; today" }),
      }),
    )
    .output(placeRow)
    .errors({ ...sessionRefusals, ...addressErrors, ...refusals({ "beat-out-of-reach": 422 }) }),
  rename: oc
    .route({
      method: "POST",
      path: "/places/{id}/rename",
      tags,
      summary: "Give a place, and all below it, another address; the old one stays as an alias",
    })
    .input(z.object({ id: idSchema, elements, fullText: text.optional() }))
    .output(placeRow)
    .errors({ ...sessionRefusals, ...addressErrors }),
  confirm: oc
    .route({ method: "POST", path: "/places/{id}/confirm", tags, summary: "Say that it is there" })
    .input(z.object({ id: idSchema }))
    .output(placeRow)
    .errors({ ...sessionRefusals, ...refusals({ "not-found": 404, "place-ended": 409 }) }),
  cancel: oc
    .route({
      method: "POST",
      path: "/places/{id}/cancel",
      tags,
      summary: "End a place and all below it; what points to it stays",
    })
    .input(z.object({ id: idSchema, on: localDateSchema }))
    .output(z.object({ ended: z.int() }))
    .errors({ ...sessionRefusals, ...endErrors }),
  merge: oc
    .route({
      method: "POST",
      path: "/places/{id}/merge",
      tags,
      summary: "End a place in favour of another; what hangs below moves there",
    })
    .input(z.object({ id: idSchema, into: idSchema, on: localDateSchema }))
    .output(placeRow)
    .errors({
      ...sessionRefusals,
      ...endErrors,
      ...refusals({ "kind-below-itself": 422, "address-duplicate": 409 }),
    }),
  split: oc
    .route({
      method: "POST",
      path: "/places/{id}/split",
      tags,
      summary: "End a place without anything below it in favour of several new ones",
    })
    .input(z.object({ id: idSchema, on: localDateSchema, into: z.array(elements).min(2).max(20) }))
    .output(z.object({ items: z.array(placeRow) }))
    .errors({
      ...sessionRefusals,
      ...addressErrors,
      ...endErrors,
      ...refusals({ "place-not-empty": 409 }),
    }),
  reassign: oc
    .route({
      method: "POST",
      path: "/places/reassign",
      tags,
      summary: "Move places, and all below them, to another beat or grid",
    })
    .input(
      z.object({
        placeIds: z.array(idSchema).min(1).max(500),
        beatId: idSchema,
        gridId: idSchema
          .nullish()
          .meta({ description: "Null: in no grid. Without it, a grid is kept within the beat" }),
      }),
    )
    .output(
      z.object({
        moved: z.int().meta({ description: "Places whose beat or grid is another now" }),
      }),
    )
    .errors({
      ...sessionRefusals,
      ...refusals({ "not-found": 404, "beat-out-of-reach": 422, "grid-of-another-beat": 422 }),
    }),
  addAlias: oc
    .route({
      method: "POST",
      path: "/places/{id}/aliases",
      tags,
      summary: "Another name of a place",
    })
    .input(
      z.object({
        id: idSchema,
        text: z.string().trim().min(1).max(100),
        kind: z.enum(ALIAS_KINDS),
      }),
    )
    .output(placeReply)
    .errors({ ...sessionRefusals, ...refusals({ "not-found": 404 }) }),
  issuePlate: oc
    .route({
      method: "POST",
      path: "/places/{id}/plates",
      tags,
      summary: "A new plate for a place",
    })
    .input(z.object({ id: idSchema }))
    .output(plateRow)
    .errors({ ...sessionRefusals, ...refusals({ "not-found": 404, "place-ended": 409 }) }),
  issuePlates: oc
    .route({
      method: "POST",
      path: "/places/{id}/plates/missing",
      tags,
      summary: "A plate for each door of a building that has none; a second time issues nothing",
    })
    .input(z.object({ id: idSchema }))
    .output(
      z.object({
        issued: z.int(),
        had: z.int().meta({ description: "Doors that had a plate already" }),
      }),
    )
    .errors({
      ...sessionRefusals,
      ...refusals({ "not-found": 404, "place-ended": 409, "not-a-building": 422 }),
    }),
  withdrawPlate: oc
    .route({
      method: "POST",
      path: "/places/plates/{code}/withdraw",
      tags,
      summary: "End a plate that was lost, copied or tampered with",
    })
    .input(z.object({ code: z.string().max(60) }))
    .output(plateRow)
    .errors({
      ...sessionRefusals,
      ...refusals({ "plate-unknown": 404, "plate-malformed": 422, "plate-check-failed": 422 }),
    }),
  ...publicPlaces,
  divisions: oc
    .route({
      method: "GET",
      path: "/places/divisions",
      tags,
      summary: "The division list as it was, or is, on a day",
    })
    .input(z.object({ on: localDateSchema.optional(), parent: z.string().max(12).optional() }))
    .output(
      z.object({
        items: z.array(
          z.object({
            code: z.string(),
            name: z.string(),
            level: z.enum(DIVISION_LEVELS),
            parentCode: z.string().nullable(),
            urbanRuralClass: z.string().nullable(),
            validFrom: localDateSchema,
            validTo: localDateSchema.nullable(),
            successors: z.array(z.string()),
          }),
        ),
      }),
    )
    .errors(sessionRefusals),
  ...placeImports,
};
