import { CloseOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { ReactNode } from "react";
import { useLanguage } from "../../i18n/language.ts";
import { type FieldProps, usePlanForm } from "./context.ts";

export function RequiredMark() {
  const { t } = useLanguage();
  return (
    <span className="plan-required" title={t("plan.required")}>
      <span aria-hidden="true">*</span>
      <span className="hidden">{t("plan.required")}</span>
    </span>
  );
}

/** Takes what is optional out of the plan. */
export function RemoveField({ path, name }: { readonly path: FieldProps["path"]; readonly name: string }): ReactNode {
  const { t } = useLanguage();
  const { isReadOnly, edit } = usePlanForm();
  if (isReadOnly) return null;
  return (
    <Button
      type="text"
      size="small"
      className="plan-remove"
      icon={<CloseOutlined />}
      aria-label={t("plan.remove", { name })}
      title={t("plan.remove", { name })}
      onClick={() => edit({ do: "remove", path })}
    />
  );
}
