import { useCaller } from "../api/hooks.ts";
import { MyCampaigns } from "../home/my-campaigns.tsx";
import { Running } from "../home/running.tsx";
import { Troubles } from "../home/troubles.tsx";
import { ToDo, Waiting } from "../home/waits.tsx";
import { useLanguage } from "../i18n/language.ts";

/** What waits, what went wrong and what is running, by what the caller may do. */
export function Home() {
  const { t } = useLanguage();
  const { me, may } = useCaller();
  return (
    <div className="page">
      <h1>{t("home.hello", { name: me.name ?? me.subject })}</h1>
      <p className="quiet">{me.roles.map((role) => t(`role.${role}`)).join(" · ")}</p>
      {may("listApprovals") && <Waiting whose="toDecide" />}
      <ToDo />
      <Troubles />
      {may("listCampaigns") ? <Running /> : may("listMyCampaigns") && <MyCampaigns />}
      {may("listApprovals") && <Waiting whose="requested" />}
    </div>
  );
}
