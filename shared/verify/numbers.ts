/** A step of a trace as the verifier works it out: all of its numbers and names, without the sentence. */
export type Numbers = { readonly [name: string]: Value };
export type Value = string | number | boolean | undefined | Numbers | readonly Value[];
