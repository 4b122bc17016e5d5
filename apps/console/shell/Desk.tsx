import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState } from "react";
import { createBrowserRouter, Navigate, type RouteObject } from "react-router";
import { RouterProvider } from "react-router/dom";
import { IdleWatch } from "../session/IdleWatch.tsx";
import { SignInScreen } from "../session/SignInScreen.tsx";
import { api, client, onSignedOut, queryClient } from "./api.ts";
import { areas, homeOf } from "./areas.ts";
import { readFailure } from "./failure.ts";
import { Layout } from "./Layout.tsx";
import { NotAllowed, NotFound } from "./NotFound.tsx";
import { Problem, ScreenProblem } from "./Problem.tsx";
import { screens } from "./routes.tsx";
import { type Session, SessionProvider, sessionOf } from "./session.tsx";
import { useShellWords } from "./words.ts";

type Ended = "signed_out" | "idle" | "expired";

/** The desk behind its door: sign in first, then the screens that the role may see. */
export function Desk() {
  const words = useShellWords();
  const [ended, setEnded] = useState<Ended>();
  const current = useQuery(api.session.current.queryOptions({ staleTime: Infinity }));
  const session = useMemo(
    () => (current.data && !ended ? sessionOf(current.data) : undefined),
    [current.data, ended],
  );

  const leave = useCallback(async (why: Ended) => {
    setEnded(why);
    // What was read under the old session must not be seen under the next one.
    queryClient.clear();
    if (why !== "expired") await client.session.signOut().catch(() => undefined);
  }, []);
  useEffect(
    () =>
      onSignedOut(() => {
        if (queryClient.getQueryData(api.session.current.queryKey())) void leave("expired");
      }),
    [leave],
  );

  if (session) {
    return (
      <SessionProvider value={session}>
        <IdleWatch onIdle={() => void leave("idle")} />
        <Screens session={session} onSignOut={() => void leave("signed_out")} />
      </SessionProvider>
    );
  }
  if (!ended && current.isPending) {
    return <Waiting />;
  }
  if (!ended && current.isError && readFailure(current.error).kind !== "signed_out") {
    return (
      <main className="desk-main">
        <h1 className="w-hidden">{words("app.desk")}</h1>
        <Problem error={current.error} onRetry={() => void current.refetch()} />
      </main>
    );
  }
  return (
    <SignInScreen
      notice={ended}
      onSignedIn={(reply) => {
        queryClient.setQueryData(api.session.current.queryKey(), reply);
        setEnded(undefined);
      }}
    />
  );
}

function Screens({ session, onSignOut }: { session: Session; onSignOut: () => void }) {
  const router = useMemo(() => {
    const allowed = new Set(areas.filter((area) => area.may(session.role)).map((area) => area.key));
    const routes: RouteObject[] = screens.map((screen) => ({
      path: screen.path,
      errorElement: <ScreenProblem />,
      ...(allowed.has(screen.area)
        ? { lazy: async () => ({ Component: await screen.load() }) }
        : { element: <NotAllowed /> }),
    }));
    return createBrowserRouter(
      [
        {
          element: <Layout onSignOut={onSignOut} />,
          errorElement: <ScreenProblem />,
          HydrateFallback: Waiting,
          children: [
            { path: "/", element: <Navigate to={homeOf(session.role)} replace /> },
            ...routes,
            { path: "*", element: <NotFound /> },
          ],
        },
      ],
      { basename: "/console" },
    );
  }, [session.role, onSignOut]);
  return <RouterProvider router={router} />;
}

/** While the desk itself is on its way. */
function Waiting() {
  const words = useShellWords();
  return (
    <main className="desk-main">
      <h1 className="w-hidden">{words("app.desk")}</h1>
      <p className="desk-waiting" role="status">
        {words("list.loading")}
      </p>
    </main>
  );
}
