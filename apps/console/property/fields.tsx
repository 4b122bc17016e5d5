import { formFields } from "../shell/form-fields.tsx";
import { usePropertyWords } from "./words.ts";

export const { Choice, Pick, Tick, Typed } = formFields(usePropertyWords);
