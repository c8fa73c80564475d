import { Card } from "antd";
import { minorMoney } from "../format/minor-units.ts";
import { useLanguage } from "../i18n/language.ts";
import { figure } from "./figures.ts";
import { type Names, unitName } from "./names.ts";
import type { Statement } from "./types.ts";

type Payout = NonNullable<Statement["payout"]>;

/** From what was posted to what is paid. */
export function Payment({ statement: { payout }, names }: { readonly statement: Statement; readonly names: Names }) {
  const { t } = useLanguage();
  if (payout === undefined) return null;
  return (
    <Card title={<h2>{t("statement.payment")}</h2>}>
      <PaymentRows payout={payout} names={names} />
    </Card>
  );
}

export function PaymentRows({ payout, names }: { readonly payout: Payout; readonly names: Names }) {
  const { t, locale } = useLanguage();
  const shown = (minor: number) => minorMoney(minor, payout.currency, locale);
  const benefits = payout.benefits ?? [];
  return (
    <dl className="payment">
      <Row label={t("statement.posted")} value={shown(payout.postedMinor)} />
      <Row label={t("statement.brought")} value={shown(payout.broughtForwardMinor)} />
      <Row label={t("statement.payout")} value={shown(payout.paidMinor)} isSum />
      <Row label={t("statement.forward")} value={shown(payout.carriedForwardMinor)} />
      {benefits.map(({ unit, quantity }) => (
        <Row
          key={unit}
          label={t("statement.handedOut")}
          value={`${figure(String(quantity), locale)} × ${unitName(unit, names)}`}
        />
      ))}
    </dl>
  );
}

function Row({
  label,
  value,
  isSum = false,
}: {
  readonly label: string;
  readonly value: string;
  readonly isSum?: boolean;
}) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className="figure">{isSum ? <strong>{value}</strong> : value}</dd>
    </div>
  );
}
