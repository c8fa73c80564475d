import { CaretDownOutlined, CaretRightOutlined } from "@ant-design/icons";
import { Input } from "antd";
import { useState } from "react";
import { Link } from "wouter";
import { lineageOf, type Unit } from "../api/use-units.ts";
import { count } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { useDay } from "./on-day.tsx";
import type { Branch } from "./tree.ts";

interface Props {
  readonly roots: readonly Branch[];
  readonly shown: string | undefined;
  readonly byId: ReadonlyMap<string, Unit>;
}

/** Units that can be opened and closed; what is sought or shown is open. */
export function UnitTree({ roots, shown, byId }: Props) {
  const { t } = useLanguage();
  const [search, setSearch] = useState("");
  const [turned, turn] = useState<ReadonlySet<string>>(new Set());
  const sought = search.trim().toLowerCase();
  const open = new Set(shown === undefined ? [] : lineageOf(shown, byId).map(({ unit }) => unit));
  const fits = ({ unit, children }: Branch): boolean =>
    sought === "" || `${unit.name} ${unit.unit}`.toLowerCase().includes(sought) || children.some(fits);
  const isOpen = ({ unit }: Branch, depth: number) =>
    (sought !== "" || depth === 0 || open.has(unit.unit)) !== turned.has(unit.unit);
  const toggle = (unit: string) => {
    const next = new Set(turned);
    if (!next.delete(unit)) next.add(unit);
    turn(next);
  };
  return (
    <nav aria-label={t("organisation.tree")} className="unit-tree">
      <Input
        allowClear
        aria-label={t("organisation.search")}
        placeholder={t("organisation.search")}
        value={search}
        onChange={({ target }) => setSearch(target.value)}
      />
      <Branches branches={roots.filter(fits)} depth={0} {...{ fits, isOpen, toggle, shown }} />
    </nav>
  );
}

interface BranchesProps {
  readonly branches: readonly Branch[];
  readonly depth: number;
  readonly fits: (branch: Branch) => boolean;
  readonly isOpen: (branch: Branch, depth: number) => boolean;
  readonly toggle: (unit: string) => void;
  readonly shown: string | undefined;
}

function Branches({ branches, depth, ...rest }: BranchesProps) {
  const { t, locale } = useLanguage();
  const { query } = useDay();
  const { fits, isOpen, toggle, shown } = rest;
  return (
    <ul>
      {branches.map((branch) => {
        const { unit, children, people } = branch;
        const opened = isOpen(branch, depth);
        const here = unit.unit === shown ? { "aria-current": "page" as const } : {};
        return (
          <li key={unit.unit}>
            <span className="unit-line">
              {children.length > 0 ? (
                <button
                  type="button"
                  aria-expanded={opened}
                  aria-label={t(opened ? "organisation.close" : "organisation.open", { unit: unit.name })}
                  onClick={() => toggle(unit.unit)}
                >
                  {opened ? <CaretDownOutlined aria-hidden="true" /> : <CaretRightOutlined aria-hidden="true" />}
                </button>
              ) : (
                <span className="unit-leaf" />
              )}
              <Link href={`/organisation/${unit.unit}${query}`} {...here}>
                {unit.name}
              </Link>
              <span className="quiet figure" title={t("organisation.people", { count: count(people, locale) })}>
                {count(people, locale)}
              </span>
            </span>
            {opened && children.length > 0 && <Branches branches={children.filter(fits)} depth={depth + 1} {...rest} />}
          </li>
        );
      })}
    </ul>
  );
}
