import { formFields } from "../shell/form-fields.tsx";
import { useMediationWords } from "./words.ts";

export const { Choice, Pick, Tick, Typed } = formFields(useMediationWords);
