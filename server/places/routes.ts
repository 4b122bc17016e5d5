import { implement, ORPCError } from "@orpc/server";
import { places as en } from "@wanjia/contract/messages/places.en";
import { places as zh } from "@wanjia/contract/messages/places.zh-CN";
import { placeExportQuery } from "@wanjia/contract/place-files";
import { placesContract } from "@wanjia/contract/places";
import { placeLabel } from "@wanjia/domain/places/address";
import { rowReader } from "@wanjia/domain/places/import";
import { columnOf, type ImportMapping } from "@wanjia/domain/places/import-columns";
import { readDivision } from "@wanjia/domain/places/import-divisions";
import { floorOf } from "@wanjia/domain/places/normalise";
import { readPlateCode } from "@wanjia/domain/places/plate";
import { mayWithPlaces } from "@wanjia/domain/places/policy";
import { duplicates } from "@wanjia/domain/places/rules";
import { partKey } from "@wanjia/domain/places/sort-key";
import type { AddressElements } from "@wanjia/domain/places/terms";
import type { Id } from "@wanjia/domain/shared/id";
import { isId } from "@wanjia/domain/shared/id";
import { localDate } from "@wanjia/domain/shared/instant";
import type { FastifyInstance } from "fastify";
import { findBureau, listStations } from "../organisation/read-model.ts";
import { AskingLimit } from "../platform/asking-limit.ts";
import type { Tx } from "../platform/database.ts";
import { csvCell, sendExport } from "../platform/export.ts";
import {
  allow,
  API,
  type Context,
  orNotFound,
  orRefuse,
  type Services,
  signedIn,
  signedInContext,
} from "../platform/http.ts";
import { enqueue } from "../platform/jobs.ts";
import { keysetPage } from "../platform/list.ts";
import { showPage } from "../platform/page.ts";
import { problem } from "../platform/problem.ts";
import { areasOf } from "./areas.ts";
import * as commands from "./commands.ts";
import { IMPORT_JOB, type ImportJob } from "./jobs.ts";
import * as plateCommands from "./plate-commands.ts";
import { placesAt, plateSheet, plateSvg, resolvePlate } from "./plates.ts";
import * as readModel from "./read-model.ts";
import type { PlaceRow } from "./read-model.ts";
import { changeMapping, claim } from "./start-import.ts";
import { takeUpload } from "./uploads.ts";

const open = implement(placesContract).$context<Context>();
const os = open.use(signedIn);
/** Plates that one address may look up in a minute. */
const LOOKS_PER_MINUTE = 30;
const looks = new AskingLimit(LOOKS_PER_MINUTE);
/** Addresses that may be asked for: nobody has many. */
const NAMED_PER_MINUTE = 10;
const naming = new AskingLimit(NAMED_PER_MINUTE);

function elementsOf(row: PlaceRow): AddressElements {
  const { street, doorNo, estateName, buildingNo, entranceNo, floorNo, unitNo, name } = row;
  return Object.fromEntries(
    Object.entries({
      street,
      doorNo,
      estateName,
      buildingNo,
      entranceNo,
      floorNo,
      unitNo,
      name,
    }).filter(([, value]) => value !== null && value !== ""),
  );
}

function withLabel(row: PlaceRow) {
  return { ...row, label: placeLabel(row.kind, elementsOf(row)) };
}

async function present(tx: Tx, id: Id) {
  const row = orNotFound(await readModel.findPlace(tx, id));
  const detail = orNotFound(await readModel.placeDetail(tx, id));
  return {
    ...withLabel(row),
    ...detail,
    above: await readModel.placesAbove(tx, row),
    plates: await readModel.platesOf(tx, [id]),
  };
}

const FIRST_PROBLEMS = 100;
/** As many as a reader looks through; who wants more types another letter. */
const SEARCH_SIZE = 50;

export const placesRoutes = open.router({
  list: os.list.handler(({ context, input }) => {
    allow(mayWithPlaces(context.principal.role, "read"));
    return context.transact((tx) =>
      keysetPage<PlaceRow>(tx, readModel.placeList(context.principal.bureauId, input), input),
    );
  }),

  search: os.search.handler(({ context, input }) => {
    allow(mayWithPlaces(context.principal.role, "read"));
    const list = readModel.placeList(context.principal.bureauId, input);
    return context.transact(async (tx) => ({
      items: (await keysetPage<PlaceRow>(tx, list, { size: SEARCH_SIZE })).items,
    }));
  }),

  get: os.get.handler(({ context, input }) => {
    allow(mayWithPlaces(context.principal.role, "read"));
    return context.transact((tx) => present(tx, input.id));
  }),

  building: os.building.handler(({ context, input }) => {
    allow(mayWithPlaces(context.principal.role, "read"));
    return context.transact(async (tx) => {
      const place = orNotFound(await readModel.findPlace(tx, input.id));
      const building = orNotFound(await readModel.findPlace(tx, place.buildingId ?? place.id));
      const doors = await readModel.doorsOf(tx, building.id);
      const floors = Map.groupBy(doors, (door) => floorOf(elementsOf(door)) ?? "");
      return {
        building: withLabel(building),
        entrances: [
          ...new Set(doors.flatMap(({ entranceNo }) => (entranceNo ? [entranceNo] : []))),
        ].toSorted((a, b) => (partKey(a) < partKey(b) ? -1 : 1)),
        floors: [...floors]
          .toSorted(([a], [b]) => (partKey(a) < partKey(b) ? -1 : 1))
          .map(([floorNo, onFloor]) => ({ floorNo, doors: onFloor.map(withLabel) })),
        duplicates: duplicates(
          doors.map((door) => ({
            ...elementsOf(door),
            id: door.id,
            kind: door.kind,
            communityId: door.communityId,
          })),
        ),
      };
    });
  }),

  add: os.add.handler(({ context, input, errors }) => {
    allow(mayWithPlaces(context.principal.role, "add"));
    return context.transact(async (tx) => {
      const id = orRefuse(await commands.addPlace(tx, context.principal, input), errors);
      return orNotFound(await readModel.findPlace(tx, id));
    });
  }),

  rename: os.rename.handler(({ context, input, errors }) => {
    allow(mayWithPlaces(context.principal.role, "rename"));
    return context.transact(async (tx) => {
      const id = orRefuse(await commands.renamePlace(tx, input), errors);
      return orNotFound(await readModel.findPlace(tx, id));
    });
  }),

  confirm: os.confirm.handler(({ context, input, errors }) => {
    allow(mayWithPlaces(context.principal.role, "confirm"));
    return context.transact(async (tx) => {
      const id = orRefuse(await commands.confirmPlace(tx, input.id), errors);
      return orNotFound(await readModel.findPlace(tx, id));
    });
  }),

  cancel: os.cancel.handler(({ context, input, errors }) => {
    allow(mayWithPlaces(context.principal.role, "end"));
    return context.transact(async (tx) => ({
      ended: orRefuse(await commands.cancelPlace(tx, input), errors),
    }));
  }),

  merge: os.merge.handler(({ context, input, errors }) => {
    allow(mayWithPlaces(context.principal.role, "end"));
    return context.transact(async (tx) => {
      const id = orRefuse(await commands.mergePlace(tx, input), errors);
      return orNotFound(await readModel.findPlace(tx, id));
    });
  }),

  split: os.split.handler(({ context, input, errors }) => {
    allow(mayWithPlaces(context.principal.role, "end"));
    return context.transact(async (tx) => {
      const ids = orRefuse(await commands.splitPlace(tx, input), errors);
      return { items: await readModel.findPlaces(tx, ids) };
    });
  }),

  reassign: os.reassign.handler(({ context, input, errors }) => {
    allow(mayWithPlaces(context.principal.role, "reassign"));
    return context.transact(async (tx) => ({
      moved: orRefuse(await commands.reassignPlaces(tx, context.principal, input), errors),
    }));
  }),

  addAlias: os.addAlias.handler(({ context, input, errors }) => {
    allow(mayWithPlaces(context.principal.role, "rename"));
    return context.transact(async (tx) =>
      present(tx, orRefuse(await commands.addAlias(tx, input), errors)),
    );
  }),

  issuePlate: os.issuePlate.handler(({ context, input, errors }) => {
    allow(mayWithPlaces(context.principal.role, "issuePlate"));
    return context.transact(async (tx) => {
      const code = orRefuse(
        await plateCommands.issuePlate(tx, context.principal, input.id),
        errors,
      );
      return orNotFound(await readModel.findPlate(tx, code));
    });
  }),

  issuePlates: os.issuePlates.handler(({ context, input, errors }) => {
    allow(mayWithPlaces(context.principal.role, "issuePlate"));
    return context.transact(async (tx) =>
      orRefuse(await plateCommands.issueMissingPlates(tx, context.principal, input.id), errors),
    );
  }),

  withdrawPlate: os.withdrawPlate.handler(({ context, input, errors }) => {
    allow(mayWithPlaces(context.principal.role, "issuePlate"));
    return context.transact(async (tx) => {
      const code = orRefuse(await plateCommands.withdrawPlate(tx, input.code), errors);
      return orNotFound(await readModel.findPlate(tx, code));
    });
  }),

  publicPlate: open.publicPlate.handler(async ({ context, input, errors }) => {
    const seconds = looks.ask(context.request.ip, context.now());
    if (seconds > 0) throw errors["too-many-requests"]({ data: { params: { seconds } } });
    return orRefuse(await resolvePlate(context.services, input.code, context.locale), errors);
  }),

  named: open.named.handler(async ({ context, input, errors }) => {
    const seconds = naming.ask(context.request.ip, context.now());
    if (seconds > 0) throw errors["too-many-requests"]({ data: { params: { seconds } } });
    return { items: await placesAt(context.services, input) };
  }),

  divisions: os.divisions.handler(({ context, input }) => {
    allow(mayWithPlaces(context.principal.role, "read"));
    return context.transact(async (tx) => ({
      items: await readModel.divisionsOn(tx, input.on ?? localDate(tx.now), input.parent),
    }));
  }),

  imports: os.imports.handler(({ context }) => {
    allow(mayWithPlaces(context.principal.role, "import"));
    return context.transact(async (tx) => ({ items: await readModel.recentImports(tx) }));
  }),

  import: os.import.handler(({ context, input }) => {
    allow(mayWithPlaces(context.principal.role, "import"));
    return context.transact(async (tx) => ({
      ...orNotFound(await readModel.findImport(tx, input.id)),
      firstProblems: await readModel.importProblems(tx, input.id, FIRST_PROBLEMS),
    }));
  }),

  previewImport: os.previewImport.handler(({ context, input, errors }) => {
    allow(mayWithPlaces(context.principal.role, "import"));
    return context.transact(async (tx) => {
      const found = orNotFound(await readModel.findImport(tx, input.id));
      if (found.state !== "uploaded") throw errors["import-started"]();
      if (found.kind === "divisions") {
        return {
          rows: found.sample.map((cells, i) => {
            const { division, problems } = readDivision(input.mapping, cells);
            return { row: i + 2, kind: null, fullText: division?.name ?? "", problems };
          }),
        };
      }
      const read = rowReader(input.mapping as ImportMapping, await areasOf(tx), input);
      return {
        rows: found.sample.map((cells, i) => {
          const { places, problems } = read(cells);
          const place = places.at(-1);
          return {
            row: i + 2,
            kind: place?.kind ?? null,
            fullText: place?.fullText ?? "",
            problems,
          };
        }),
      };
    });
  }),

  startImport: os.startImport.handler(({ context, input, errors }) => {
    allow(mayWithPlaces(context.principal.role, "import"));
    return context.transact(async (tx) => {
      const found = orNotFound(await readModel.findImport(tx, input.id));
      if (!(await claim(tx, input.id))) throw errors["import-started"]();
      if (input.mapping !== undefined) await changeMapping(tx, input.id, input.mapping);
      const job: ImportJob = {
        bureauId: context.principal.bureauId,
        importId: found.id,
        kind: found.kind,
        ...(input.stationId === undefined ? {} : { stationId: input.stationId }),
        ...(input.beatId === undefined ? {} : { beatId: input.beatId }),
      };
      await enqueue(tx, IMPORT_JOB, job);
      return orNotFound(await readModel.findImport(tx, input.id));
    });
  }),
});

/** What streams, prints or draws, and so stands beside the contract's handler. */
export function placesFiles(app: FastifyInstance, services: Services): void {
  /** The bureau's own site where it names one: what stands on a plate must not depend on a request's headers. */
  const originOf = async (tx: Tx, host: string, secure: boolean): Promise<string> =>
    (await findBureau(tx))?.website || `${secure ? "https" : "http"}://${host}`;

  app.register(async (scope) => {
    // The body stays a stream: a file is never in memory as a whole.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
    scope.post<{ Querystring: { name?: string; kind?: string } }>(
      `${API}/places/imports`,
      async (request, reply) => {
        const context = await signedInContext(services, request, reply);
        allow(mayWithPlaces(context.principal.role, "import"));
        const { name = "file", kind } = request.query;
        const body = request.body as AsyncIterable<Uint8Array> | undefined;
        const taken = await takeUpload((work) => context.transact(work), services.database, {
          bureauId: context.principal.bureauId,
          memberId: context.principal.memberId,
          kind: kind === "divisions" ? "divisions" : "addresses",
          fileName: name.slice(0, 200),
          now: context.now(),
          body: body ?? emptyBody(),
        });
        if ("code" in taken) return reply.status(422).send(problem(422, taken.code, taken.params));
        const found = await context.transact((tx) => readModel.findImport(tx, taken.id));
        return reply.status(201).send(found);
      },
    );
  });

  app.get<{ Params: { id: string } }>(
    `${API}/places/imports/:id/problems.csv`,
    async (request, reply) => {
      const context = await signedInContext(services, request, reply);
      allow(mayWithPlaces(context.principal.role, "import"));
      const { id } = request.params;
      if (!isId(id)) return reply.status(404).send(problem(404, "not-found"));
      const found = await context.transact((tx) => readModel.findImport(tx, id));
      if (found === undefined) return reply.status(404).send(problem(404, "not-found"));
      const problems = await context.transact((tx) => readModel.importProblems(tx, id, 10_000));
      const words = context.locale === "en" ? en : zh;
      const titles =
        context.locale === "en"
          ? ["row", "column", "problem", "code"]
          : ["行", "列", "问题", "代码"];
      const lines = problems.map(({ row, field, code }) =>
        [
          row,
          columnOf(found, field) ?? field,
          (words.importProblem as Record<string, string>)[code] ??
            (words.refusals as Record<string, string>)[code]
              ?.replaceAll("{{column}}", field)
              .replaceAll("{{row}}", String(row)) ??
            code,
          code,
        ]
          .map(csvCell)
          .join(","),
      );
      return reply
        .header("content-disposition", `attachment; filename="problems-${id.slice(-6)}.csv"`)
        .header("cache-control", "no-store")
        .type("text/csv; charset=utf-8")
        .send(`\u{FEFF}${[titles.join(","), ...lines].join("\r\n")}\r\n`);
    },
  );

  app.get<{ Params: { code: string } }>(
    `${API}/places/plates/:code/qr.svg`,
    async (request, reply) => {
      const context = await signedInContext(services, request, reply);
      allow(mayWithPlaces(context.principal.role, "issuePlate"));
      const code = readPlateCode(request.params.code);
      if (!code.ok) return reply.status(422).send(problem(422, code.refusal.code));
      const origin = await context.transact(async (tx) => {
        const plate = await readModel.findPlate(tx, code.value);
        return plate === undefined
          ? null
          : originOf(tx, request.host, request.protocol === "https");
      });
      if (origin === null) return reply.status(404).send(problem(404, "plate-unknown"));
      return reply.type("image/svg+xml").send(await plateSvg(origin, code.value));
    },
  );

  app.get<{ Params: { id: string } }>(`${API}/places/:id/plate-sheet`, async (request, reply) => {
    const context = await signedInContext(services, request, reply);
    allow(mayWithPlaces(context.principal.role, "issuePlate"));
    const { id } = request.params;
    if (!isId(id)) return reply.status(404).send(problem(404, "not-found"));
    const sheet = await context.transact(async (tx) => {
      const place = await readModel.findPlace(tx, id);
      if (place === undefined) return null;
      const stations = new Map((await listStations(tx)).map((station) => [station.id, station]));
      const english = context.locale === "en";
      return {
        origin: await originOf(tx, request.host, request.protocol === "https"),
        locale: context.locale,
        plates: (await readModel.platesBelow(tx, id)).map((plate) => {
          const station = stations.get(plate.stationId);
          return {
            ...plate,
            station: (english ? station?.nameEn : station?.name) ?? "",
            dutyPhone: station?.dutyPhone ?? "",
          };
        }),
      };
    });
    if (sheet === null) return reply.status(404).send(problem(404, "not-found"));
    return showPage(reply, 200, await plateSheet(sheet));
  });

  app.get(`${API}/places/export`, async (request, reply) => {
    const context = await signedInContext(services, request, reply);
    allow(mayWithPlaces(context.principal.role, "import"));
    const query = placeExportQuery.safeParse(request.query);
    if (!query.success) throw new ORPCError("BAD_REQUEST", { status: 400, data: query.error });
    const { format, sort, ...filter } = query.data;
    const words = context.locale === "en" ? en : zh;
    return sendExport<PlaceRow>(context, {
      format,
      name: "places",
      list: readModel.placeList(context.principal.bureauId, filter),
      sort,
      columns: [
        { title: words.importField.kind, value: (row) => words.kind[row.kind] },
        { title: words.importField.fullText, value: (row) => row.fullText },
        { title: words.importField.stdCode, value: (row) => row.stdCode },
        {
          title: words.importField.use,
          value: (row) => (row.use === null ? null : words.use[row.use]),
        },
      ],
    });
  });
}

async function* emptyBody(): AsyncGenerator<Uint8Array> {}
