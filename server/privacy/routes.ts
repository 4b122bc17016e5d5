import { implement } from "@orpc/server";
import { privacyContract } from "@wanjia/contract/privacy";
import { noticeOn } from "@wanjia/domain/privacy/notices";
import { RETENTION } from "@wanjia/domain/privacy/retention";
import { localDate } from "@wanjia/domain/shared/instant";
import type { Context } from "../platform/http.ts";

const os = implement(privacyContract).$context<Context>();

export const privacyRoutes = os.router({
  notice: os.notice.handler(({ context, input, errors }) => {
    const notice = noticeOn(input.on ?? localDate(context.now()));
    if (notice === undefined) throw errors["no-notice"]();
    const { version, from, texts, consents, withdrawal } = notice;
    return { version, from, texts: { ...texts }, consents: { ...consents }, withdrawal };
  }),
  retention: os.retention.handler(() => ({ items: RETENTION.map((rule) => ({ ...rule })) })),
});
