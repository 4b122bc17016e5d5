import type { Role } from "@wanjia/domain/organisation/terms";
import { createContext, use } from "react";
import type { client } from "./api.ts";

type Reply = Awaited<ReturnType<typeof client.session.current>>;

/** Who sits at the desk. */
export type Session = Omit<Reply, "role"> & { readonly role: Role };

export function sessionOf(reply: Reply): Session {
  // The server only answers roles of the list (domain/organisation/terms.ts).
  return { ...reply, role: reply.role as Role };
}

const SessionContext = createContext<Session | undefined>(undefined);
export const SessionProvider = SessionContext.Provider;

/** Below the sign-in page there is always a session. */
export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error("useSession outside of a session");
  return session;
}
