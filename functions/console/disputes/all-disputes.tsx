import { Card } from "antd";
import { useCaller } from "../api/hooks.ts";
import { useLanguage } from "../i18n/language.ts";
import { DisputeList } from "./dispute-list.tsx";

/** Disputes of every campaign that the caller may see; a seller sees their own. */
export default function AllDisputes() {
  const { t } = useLanguage();
  const { may } = useCaller();
  return (
    <div className="page">
      <h1>{t(may("answerDispute") ? "disputes.title" : "disputes.title.own")}</h1>
      <Card>
        <DisputeList />
      </Card>
    </div>
  );
}
