import { Link } from "react-router";
import { Page } from "./Page.tsx";
import { useShellWords } from "./words.ts";

export function NotFound() {
  const words = useShellWords();
  return (
    <Page title={words("problem.not_found_title")}>
      <p>{words("problem.not_found_hint")}</p>
      <p>
        <Link to="/">{words("problem.back_home")}</Link>
      </p>
    </Page>
  );
}

export function NotAllowed() {
  const words = useShellWords();
  return (
    <Page title={words("problem.not_allowed_title")}>
      <p>{words("problem.not_allowed_hint")}</p>
      <p>
        <Link to="/">{words("problem.back_home")}</Link>
      </p>
    </Page>
  );
}
