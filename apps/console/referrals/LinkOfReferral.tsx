import { useMutation } from "@tanstack/react-query";
import type { MatterDetail } from "@wanjia/contract/matters";
import { localDate } from "@wanjia/domain/shared/instant";
import { App, Button, Input } from "antd";
import { api, client, queryClient } from "../shell/api.ts";
import { formatDay } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { Card } from "../shell/Page.tsx";
import { FormProblem } from "../shell/Problem.tsx";
import { useReferralWords } from "./words.ts";

/** The link for a body without an account: made, copied once, ended. */
export function LinkOfReferral({
  matterId,
  referral,
}: {
  matterId: string;
  referral: NonNullable<MatterDetail["referral"]>;
}) {
  const words = useReferralWords();
  const { message } = App.useApp();
  const { id, linkUntil } = referral;
  const reread = () =>
    queryClient.invalidateQueries({
      queryKey: api.matters.get.queryOptions({ input: { id: matterId } }).queryKey,
    });
  const make = useMutation({
    mutationFn: () => client.referrals.link({ id }),
    onSuccess: reread,
  });
  const end = useMutation({
    mutationFn: () => client.referrals.revokeLink({ id }),
    onSuccess: async () => {
      make.reset();
      message.success(words("link.ended"));
      await reread();
    },
  });
  const address = make.data === undefined ? null : `${location.origin}${make.data.path}`;
  return (
    <Card title={words("link.title")}>
      <div className="matter-next">
        <p>{words("link.lead")}</p>
        <FormProblem error={make.error ?? end.error} />
        {linkUntil !== null && (
          <p className="desk-lead">
            {words("link.until", { day: formatDay(localDate(linkUntil), currentLocale()) })}
          </p>
        )}
        {address !== null && (
          <>
            <Input readOnly value={address} aria-label={words("link.title")} />
            <p className="desk-lead">{words("link.once")}</p>
          </>
        )}
        <div className="desk-actions">
          {address !== null && (
            <Button
              type="primary"
              onClick={() => {
                void navigator.clipboard
                  .writeText(address)
                  .then(() => message.success(words("link.copied")));
              }}
            >
              {words("link.copy")}
            </Button>
          )}
          <Button loading={make.isPending} onClick={() => make.mutate()}>
            {words(linkUntil === null ? "link.make" : "link.again")}
          </Button>
          {linkUntil !== null && (
            <Button loading={end.isPending} onClick={() => end.mutate()}>
              {words("link.end")}
            </Button>
          )}
        </div>
      </div>
    </Card>
  );
}
