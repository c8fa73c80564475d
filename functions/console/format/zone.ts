import { createContext } from "react";

/** The zone of the plan that is looked at; undefined where none is: then instants are shown where the reader is. */
export const ZoneContext = createContext<string | undefined>(undefined);
