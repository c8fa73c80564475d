/** English texts of pay plans and of advances on contracts. */
export const payEn = {
  fixed: (id: string | undefined, source: string | undefined, amount: string) =>
    `${id === undefined ? "Base pay" : `Allowance: ${id}`}${source === undefined ? "" : ` (${source})`}: ${amount}.`,
  asRole: (role: string) => `as ${role}`,
  byTarget: (label: string) => `set as ${label}`,
  component: (reward: string, slices: string, amount: string) =>
    `${reward}: ${amount}${slices === "" ? "" : ` (${slices})`}.`,
  slice: (slice: string, amount: string) => `${slice}: ${amount}`,
  adjusted: (place: string | undefined, rate: string, before: string, amount: string) =>
    `Performance pay of ${before} times ${rate}${place === undefined ? "" : ` (${place})`} is ${amount}.`,
  of: { performance: "performance pay", total: "total pay" },
  bounded: {
    minimum: (what: string, limit: string, before: string, amount: string) =>
      `Guaranteed minimum of ${limit} on ${what}: ${before} becomes ${amount}.`,
    maximum: (what: string, limit: string, before: string, amount: string) =>
      `Maximum of ${limit} on ${what}: ${before} becomes ${amount}.`,
  },
  earnings: (fixed: string, performance: string, amount: string) =>
    `Base and allowances ${fixed}, performance pay ${performance}: ${amount} earned.`,
  draw: {
    guarantee: (draw: string, what: string, earned: string) => `Draw of ${draw} against ${what} of ${earned}`,
    onTop: (draw: string, what: string, earned: string) => `Draw of ${draw} on top of ${what} of ${earned}`,
    ahead: (draw: string, what: string, earned: string) => `Draw of ${draw} paid ahead of ${what} of ${earned}`,
  },
  toppedUp: {
    guarantee: (amount: string) => `topped up by ${amount}`,
    onTop: (amount: string) => `lent ${amount}`,
    ahead: (amount: string) => `${amount} was paid beyond what was earned`,
  },
  recovered: (amount: string) => `${amount} of earlier draws is recovered`,
  balance: (before: string, after: string) => `open before ${before}, after ${after}`,
  pays: (amount: string) => `that pays ${amount}`,
  drawAhead: (source: string | undefined, amount: string) =>
    `Draw paid ahead${source === undefined ? "" : ` (${source})`}: ${amount}.`,
  lessDraw: (before: string, draw: string, amount: string) =>
    `Of ${before} the draw of ${draw} was paid ahead; ${amount} is left.`,
  trueUp: {
    carried: (balance: string, _amount: string) => `${balance} of draws is open and is carried on.`,
    forgiven: (balance: string, _amount: string) => `${balance} of draws is open and is struck out.`,
    settled: (balance: string, amount: string) =>
      `${balance} of draws is open and is settled now, which leaves ${amount}.`,
  },
  contract: (contract: string, issued: string, rate: string, value: string, commission: string) =>
    `Contract ${contract} of ${issued}, ${rate} of ${value}, ${commission} in all`,
  advanced: (amount: string) => `${amount} is advanced`,
  months: (from: number, to: number, of: number, earned: string) =>
    `${from === to ? `month ${to}` : `months ${from}-${to}`} of ${of} earned: ${earned}`,
  repaid: (amount: string) => `${amount} of it repays advances`,
  lapsed: (at: string, chargedBack: string) => `lapsed on ${at}, ${chargedBack} is charged back`,
  open: (balance: string) => `${balance} of the advance is open`,
};
