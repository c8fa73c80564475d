import { date } from "../format/dates.ts";
import { money } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { lineAmount } from "./line-view.tsx";
import type { Names } from "./names.ts";
import { reasonOf } from "./not-awarded.tsx";
import { PaymentRows } from "./payment.tsx";
import type { Line, Statement } from "./types.ts";

interface Props {
  readonly statement: Statement;
  readonly names: Names;
}

/** The statement on paper, on one page as a rule: amounts with their sentences, what was not awarded, what is paid. */
export function StatementPrint({ statement, names }: Props) {
  const { t, locale } = useLanguage();
  const {
    name,
    payee,
    campaignName,
    runId,
    resultHash,
    asOf,
    total,
    currency,
    lines,
    notAwarded,
    payout,
    provisional,
  } = statement;
  const held = statement.held ?? [];
  return (
    <section className="statement-print" aria-hidden="true">
      <h2>{t("statement.of", { name })}</h2>
      <p>{`${payee.id} · ${campaignName} · ${t("statement.computed", { run: runId, at: date(asOf, locale) })}`}</p>
      {provisional && <p>{t("board.provisional.text")}</p>}
      <table>
        <tbody>
          {lines.map((line) => (
            <PrintedLine key={line.lineId} line={line} statement={statement} names={names} />
          ))}
          <tr className="printed-total">
            <th scope="row">{t("statement.total")}</th>
            <td>{money(total, currency, locale)}</td>
          </tr>
          {held.map((line) => (
            <tr key={line.lineId}>
              <th scope="row">
                {names.reward(line.reward)} – {t("statement.held")}
                {line.due !== undefined && `, ${t("statement.heldDue", { at: date(line.due, locale, "day") })}`}
              </th>
              <td>{lineAmount(line.amount, line.currency, names, locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {payout && <PaymentRows payout={payout} names={names} />}
      {notAwarded.length > 0 && (
        <>
          <h3>{t("statement.not")}</h3>
          <ul>
            {notAwarded.map((missed) => (
              <li key={`${missed.reward} ${missed.slice ?? ""} ${missed.part ?? ""}`}>
                {names.reward(missed.reward)}: {reasonOf(missed)}
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="printed-hash">{t("statement.hash", { hash: resultHash })}</p>
    </section>
  );
}

function PrintedLine({ line, statement, names }: Props & { readonly line: Line }) {
  const { locale } = useLanguage();
  const { reward, slice, amount, currency, told = [] } = line;
  return (
    <tr>
      <th scope="row">
        {names.reward(reward)} {slice !== undefined && names.slice(slice)}
        <p>{told.map(({ sentence }) => sentence).join(" ")}</p>
      </th>
      <td>{lineAmount(amount, currency ?? statement.currency, names, locale)}</td>
    </tr>
  );
}
