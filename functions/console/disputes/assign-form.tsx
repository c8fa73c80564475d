import { Button, Select } from "antd";
import { useId, useState } from "react";
import type { Answer } from "../api/client.ts";
import { useAction, useAnswer, useCaller } from "../api/hooks.ts";
import { isTextKey, useLanguage } from "../i18n/language.ts";
import { ProblemView } from "../parts/problem-view.tsx";
import { type StepProps, useDone } from "./step.ts";

type Handler = Answer<"listDisputeHandlers">["items"][number];

/** More than a list shows at once: who is not among them is found by typing more of the name. */
const SHOWN = 50;

/** Who shall look into it, of those who may; also somebody who never signed in, by the account's id. */
export function AssignForm({ dispute: { campaign, id }, onDone }: StepProps) {
  const { t } = useLanguage();
  const { me } = useCaller();
  const [to, setTo] = useState<string>();
  const [sought, setSought] = useState("");
  const label = useId();
  const told = useTold();
  const assign = useAction("assignDispute", useDone(onDone));
  const q = sought.trim();
  const found = useAnswer(
    "listDisputeHandlers",
    { params: { campaign, dispute: id }, query: { limit: SHOWN, ...(q === "" ? {} : { q }) } },
    { keeps: true },
  );
  const people = (found.data?.items ?? []).filter(({ subject }) => subject !== me.subject);
  const options = people.map((handler) => ({ value: handler.subject, label: told(handler) }));
  const isKnown = [...people.map(({ subject }) => subject), me.subject].includes(q);
  const others =
    q === "" || isKnown || found.isFetching ? [] : [{ value: q, label: t("disputes.do.assign.other", { account: q }) }];
  const give = (whom: string) => assign.mutate({ params: { campaign, dispute: id }, body: { to: whom } });
  return (
    <div className="stack">
      <p id={label}>{t("disputes.do.assign.text")}</p>
      <Select
        aria-labelledby={label}
        {...(to === undefined ? {} : { value: to })}
        placeholder={t("disputes.do.assign.choose")}
        loading={found.isFetching}
        options={[...options, ...others]}
        showSearch={{ filterOption: false, onSearch: setSought }}
        notFoundContent={found.isFetching ? null : t("disputes.do.assign.nobody")}
        onChange={setTo}
      />
      <p className="quiet">{t("disputes.do.assign.hint")}</p>
      {found.error && <ProblemView error={found.error} />}
      {assign.error && <ProblemView error={assign.error} />}
      <div className="row">
        <Button
          type="primary"
          disabled={to === undefined}
          loading={assign.isPending}
          onClick={() => to !== undefined && give(to)}
        >
          {t("disputes.do.assign.ok")}
        </Button>
        <Button loading={assign.isPending} onClick={() => give(me.subject)}>
          {t("disputes.do.assign.me")}
        </Button>
      </div>
    </div>
  );
}

/** Name, account, role and units: two of one name are told apart. */
function useTold(): (handler: Handler) => string {
  const { t } = useLanguage();
  const role = (name: string) => {
    const key = `role.${name}`;
    return isTextKey(key) ? t(key) : name;
  };
  return ({ subject, name, roles, units }) =>
    [
      name ?? subject,
      ...(name === undefined ? [] : [subject]),
      ...roles.map(role),
      ...units.map((unit) => unit.name),
    ].join(" · ");
}
