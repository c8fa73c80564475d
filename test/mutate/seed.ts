import fc from "fast-check";

/** Properties look at the same worlds each time: a score is worth something only if it comes out the same again. */
fc.configureGlobal({ seed: 20_180_501 });
