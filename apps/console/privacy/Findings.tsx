import { inspectText } from "@wanjia/domain/privacy/inspect";
import { usePrivacyLabels } from "./words.ts";
import "./privacy.css";

/** Reads a text while it is typed and says what should not stand there. */
export function Findings({ text }: { text: string }) {
  const labels = usePrivacyLabels();
  const kinds = [...new Set(inspectText(text).map(({ kind }) => kind))];
  if (kinds.length === 0) return null;
  return (
    <ul className="privacy-findings" role="status">
      {kinds.map((kind) => (
        <li key={kind}>{labels(`finding.${kind}`)}</li>
      ))}
    </ul>
  );
}
