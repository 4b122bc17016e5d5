import { Input } from "antd";
import type { TextAreaProps } from "antd/es/input";
import { Findings } from "./Findings.tsx";

/**
 * A field for somebody's own words, by itself or within a form's item: says while they are typed
 * what should not stand there. Every free text of the desk is one (`free-text.test.ts`).
 */
export function FreeText(props: TextAreaProps) {
  const { value } = props;
  return (
    <>
      <Input.TextArea {...props} />
      <Findings text={typeof value === "string" ? value : ""} />
    </>
  );
}
