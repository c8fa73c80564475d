/**
 * The Jiangxi campaign in SQL, as somebody would write it who knows that no sale is negative: then the final value was
 * first reached by the last sale. Amounts are whole fen and instants milliseconds; `asOf` is the end of the late window.
 */

export interface Dialect {
  /** Division of integers, rounded down. */
  readonly div: string;
}

const ASOF = Date.parse("2018-11-16T00:00:00+08:00");
const START = Date.parse("2018-05-01T00:00:00+08:00");
const END = Date.parse("2018-11-01T00:00:00+08:00");
const LAST = END - 1;

export const SCHEMA = [
  `create table facts (fact varchar, version integer, status varchar, participant varchar, happened bigint, recorded bigint,
    fen bigint, currency varchar, product varchar, channel varchar, entry varchar)`,
  "create table memberships (participant varchar, branch varchar, role varchar, since bigint, until bigint)",
  "create table branches (branch varchar, province varchar)",
  "create table targets (branch varchar, label varchar, fen bigint)",
] as const;

/** Tables on the way to the awards. */
export function preparations(): string[] {
  return [
    `create table counted as
      select fact, version, participant, happened, fen from (
        select *, row_number() over (partition by fact order by version desc) as newest
        from facts where recorded <= ${ASOF}
      ) as known
      where newest = 1 and status = 'active' and happened >= ${START} and happened < ${END} and currency = 'CNY'
        and product in ('LAY', 'LAI') and channel = 'individual' and entry = 'app'
        and participant in (select participant from memberships)`,
    `create table placed as
      select c.*, m.branch from counted c
      join memberships m on m.participant = c.participant and m.since <= c.happened and c.happened < m.until`,
    `create table reached as
      select r.branch, t.label, min(r.happened) as happened from (
        select branch, happened, sum(fen) over (partition by branch order by happened, fact rows unbounded preceding) as running
        from placed
      ) as r join targets t on t.branch = r.branch and r.running >= t.fen
      group by r.branch, t.label`,
    `create table final as
      select m.participant, m.role, m.branch, b.province from memberships m join branches b on b.branch = m.branch
      where m.since <= ${LAST} and ${LAST} < m.until`,
  ];
}

/** Rows of reward, payee and fen. */
export function awards({ div }: Dialect): string {
  return `
    with commission as (
      select 'commission' as reward, participant as payee, sum((fen * 35 + 50) ${div} 100) as fen
      from counted group by participant
    ),
    branch_ranking as (
      select 'branch-ranking' as reward, branch as payee, 800000 as fen from placed
      group by branch having sum(fen) >= 10000000 order by sum(fen) desc, max(happened), branch limit 10
    ),
    places as (
      select branch, row_number() over (order by case label when 'budget' then 0 else 1 end, happened, branch) as place
      from reached r where branch in (select branch from branches where province = 'jiangxi')
        and (label = 'budget' or not exists (select 1 from reached o where o.branch = r.branch and o.label = 'budget'))
    ),
    department as (
      select p.place, f.participant, case f.role when 'sales-manager' then 2 else 1 end as weight
      from places p join final f on f.branch = p.branch
      where p.place <= 3 and f.role in ('sales-manager', 'sales-staff')
    ),
    prizes as (
      select *, case place when 1 then 1000000 when 2 then 800000 else 600000 end as prize,
        sum(weight) over (partition by place) as weights from department
    ),
    parts as (
      select *, prize * weight ${div} weights as whole, (prize * weight) % weights as remainder from prizes
    ),
    speed as (
      select 'speed-award' as reward, participant as payee, whole + case when
          row_number() over (partition by place order by remainder desc, participant)
            <= prize - sum(whole) over (partition by place) then 1 else 0 end as fen
      from parts
    ),
    ranked as (
      select c.participant, row_number() over (order by sum(c.fen) desc, max(c.happened), c.participant) as place
      from counted c join final f on f.participant = c.participant
      where f.province = 'jiangxi' and f.role = 'agent'
        and f.branch in (select branch from reached where label = 'start')
      group by c.participant having sum(c.fen) >= 1000000
    ),
    personal as (
      select 'personal-award' as reward, participant as payee,
        case when place = 1 then 500000 when place = 2 then 400000 when place = 3 then 300000
          when place <= 15 then 200000 else 100000 end as fen
      from ranked where place <= 35
    )
    select reward, payee, fen from commission where fen <> 0 union all select * from branch_ranking union all
    select * from speed where fen <> 0 union all select * from personal`;
}

/** What a trace says of the sales behind each commission: the sale, when, its value and its pay, in time order. */
export function traces({ div }: Dialect): string {
  return `
    select participant, '[' || string_agg('{"fact":"' || fact || '","version":' || version || ',"at":' || happened ||
      ',"value":' || fen || ',"pays":' || ((fen * 35 + 50) ${div} 100) || '}', ',' order by happened, fact) || ']' as sales
    from counted group by participant`;
}
