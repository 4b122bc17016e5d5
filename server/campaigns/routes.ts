import { implement } from "@orpc/server";
import { campaignsContract } from "@wanjia/contract/campaigns";
import { mayCampaign, mayPlanFor } from "@wanjia/domain/campaigns/policy";
import { toXlsForm } from "@wanjia/domain/visits/form-xls";
import { allow, type Context, orNotFound, orRefuse, signedIn } from "../platform/http.ts";
import { keysetPage } from "../platform/list.ts";
import * as commands from "./commands.ts";
import { detailOf, formRowOf, toMutable } from "./presenting.ts";
import * as readModel from "./read-model.ts";

const os = implement(campaignsContract).$context<Context>().use(signedIn);

export const campaignRoutes = os.router({
  list: os.list.handler(({ context, input }) => {
    allow(mayCampaign(context.principal.role, "list"));
    return context.transact((tx) =>
      keysetPage<readModel.CampaignListRow>(
        tx,
        readModel.campaignList(context.principal.bureauId, input),
        input,
      ),
    );
  }),

  get: os.get.handler(({ context, input }) => {
    allow(mayCampaign(context.principal.role, "see"));
    return context.transact(async (tx) =>
      detailOf(orNotFound(await readModel.findCampaign(tx, input.id))),
    );
  }),

  create: os.create.handler(({ context, input, errors }) => {
    const { principal } = context;
    allow(mayCampaign(principal.role, "draft") && mayPlanFor(principal, input.stationIds));
    return context.transact(async (tx) => {
      const { id } = orRefuse(await commands.createCampaign(tx, input), errors);
      return detailOf(orNotFound(await readModel.findCampaign(tx, id)));
    });
  }),

  edit: os.edit.handler(({ context, input, errors }) => {
    const { principal } = context;
    const { id, version, ...plan } = input;
    allow(mayCampaign(principal.role, "draft") && mayPlanFor(principal, plan.stationIds));
    return context.transact(async (tx) => {
      const before = orNotFound(await readModel.findCampaign(tx, id));
      allow(mayPlanFor(principal, before.stationIds));
      orRefuse(await commands.editCampaign(tx, id, plan, version), errors);
      return detailOf(orNotFound(await readModel.findCampaign(tx, id)));
    });
  }),

  open: os.open.handler(({ context, input, errors }) => {
    allow(mayCampaign(context.principal.role, "open"));
    return context.transact(async (tx) => {
      orRefuse(await commands.openCampaign(tx, input.id), errors);
      return detailOf(orNotFound(await readModel.findCampaign(tx, input.id)));
    });
  }),

  close: os.close.handler(({ context, input, errors }) => {
    allow(mayCampaign(context.principal.role, "close"));
    return context.transact(async (tx) => {
      orRefuse(await commands.closeCampaign(tx, input.id), errors);
      return detailOf(orNotFound(await readModel.findCampaign(tx, input.id)));
    });
  }),

  setTeams: os.setTeams.handler(({ context, input, errors }) => {
    const { principal } = context;
    allow(mayCampaign(principal.role, "change_teams"));
    return context.transact(async (tx) => {
      const before = orNotFound(await readModel.findCampaign(tx, input.id));
      const touched = commands.teamsTouched(before, input.teams);
      const stations = touched.map(({ stationId }) => stationId);
      allow(stations.length === 0 || mayPlanFor(principal, stations));
      orRefuse(await commands.changeTeams(tx, input.id, input.teams), errors);
      return detailOf(orNotFound(await readModel.findCampaign(tx, input.id)));
    });
  }),

  targets: os.targets.handler(({ context, input }) => {
    allow(mayCampaign(context.principal.role, "see"));
    return context.transact(async (tx) => {
      const campaign = orNotFound(await readModel.findCampaign(tx, input.id));
      return { items: await readModel.countTargets(tx, campaign) };
    });
  }),

  forms: os.forms.handler(({ context }) => {
    allow(mayCampaign(context.principal.role, "see"));
    return context.transact(async (tx) => ({
      items: (await readModel.listForms(tx)).map(({ definition, adoptedAt }) =>
        formRowOf(definition, adoptedAt),
      ),
    }));
  }),

  adoptForm: os.adoptForm.handler(({ context, input }) => {
    allow(mayCampaign(context.principal.role, "adopt_form"));
    return context.transact(async (tx) =>
      formRowOf(await commands.adoptForm(tx, input.code, input.marks), tx.now),
    );
  }),

  xlsForm: os.xlsForm.handler(({ context, input }) => {
    allow(mayCampaign(context.principal.role, "see"));
    return context.transact(async (tx) => {
      const form = orNotFound(await readModel.findForm(tx, input.code, input.version));
      return toMutable(toXlsForm(form));
    });
  }),
});
