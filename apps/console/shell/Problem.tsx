import { Button } from "antd";
import { useRouteError } from "react-router";
import { readFailure } from "./failure.ts";
import { useShellWords } from "./words.ts";
import { withName } from "./language.ts";

/** What went wrong, as a sentence for the reader. */
export function useFailureSentence(): (error: unknown) => string {
  const words = useShellWords();
  return (error) => {
    const failure = readFailure(error);
    switch (failure.kind) {
      case "network":
      case "signed_out":
        return words("problem.network");
      case "refused":
        return failure.sentence || words("problem.unknown");
      case "broken":
        return failure.sentence ?? words("problem.unknown");
    }
  };
}

/** In place of content that couldn't be read: what happened, and a way to try again. */
export function Problem({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const words = useShellWords();
  const sentence = useFailureSentence();
  return (
    <div className="desk-problem" role="alert">
      <p className="desk-problem-title">{words("problem.title")}</p>
      <p>{sentence(error)}</p>
      {onRetry && <Button onClick={onRetry}>{words("problem.retry")}</Button>}
    </div>
  );
}

/** A refusal above a form, said once it is known. */
export function FormProblem({ error }: { error: unknown }) {
  const sentence = useFailureSentence();
  const failure = error ? readFailure(error) : undefined;
  if (!failure) return null;
  return (
    <div className="desk-problem" role="alert">
      <p>{sentence(error)}</p>
      {failure.kind === "refused" && failure.fields.length > 0 && (
        <ul>
          {failure.fields.map((field) => (
            <li key={field.path}>{withName(field.path, field.message)}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** When a screen fails to draw, or its chunk is of an older build than the server. */
export function ScreenProblem() {
  const words = useShellWords();
  const error = useRouteError();
  const stale = error instanceof TypeError && /import|fetch/i.test(error.message);
  return (
    <div className="desk-problem" role="alert">
      <p className="desk-problem-title">
        {words(stale ? "problem.update_title" : "problem.title")}
      </p>
      <p>{words(stale ? "problem.update_hint" : "problem.unknown")}</p>
      <Button type="primary" onClick={() => location.reload()}>
        {words("problem.reload")}
      </Button>
    </div>
  );
}
