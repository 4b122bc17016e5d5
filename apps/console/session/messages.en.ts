import type { SameKeys } from "../shell/messages.ts";
import type { zhCN } from "./messages.zh-CN.ts";

export const en: SameKeys<typeof zhCN> = {
  sign_in: {
    title: "Sign in to the desk",
    login: "Login",
    password: "Password",
    submit: "Sign in",
    missing_login: "Enter your login.",
    missing_password: "Enter your password.",
    promise:
      "Only addresses and what residents wish to say are recorded. Every look at a phone number leaves a trace.",
    demo: "This is a demo city without real people. The window that started the server lists the demo accounts.",
  },
  ended: {
    idle: "Nothing happened for 30 minutes, so you were signed out. Sign in again.",
    expired: "Your session is over. Sign in again.",
    signed_out: "You are signed out.",
  },
  idle: {
    title: "Still there?",
    text: "You will be signed out in {{seconds}} seconds. What is not saved will be lost.",
    stay: "Go on working",
  },
};
