import { useMutation } from "@tanstack/react-query";
import { Icon } from "@wanjia/ui/icons/Icon";
import { locales, localeNames } from "@wanjia/ui/language/language";
import { Button, Form, Input } from "antd";
import { useEffect, useState } from "react";
import { api, type client } from "../shell/api.ts";
import { changeLocale, currentLocale } from "../shell/language.ts";
import { FormProblem } from "../shell/Problem.tsx";
import { useShellWords } from "../shell/words.ts";
import { useSessionWords } from "./words.ts";
import "./sign-in.css";

type Reply = Awaited<ReturnType<typeof client.session.signIn>>;

export function SignInScreen({
  notice,
  onSignedIn,
}: {
  notice: "signed_out" | "idle" | "expired" | undefined;
  onSignedIn: (reply: Reply) => void;
}) {
  const words = useSessionWords();
  const shell = useShellWords();
  const [showNotice, setShowNotice] = useState(true);
  const signIn = useMutation(
    api.session.signIn.mutationOptions({
      onSuccess: onSignedIn,
      onMutate: () => setShowNotice(false),
    }),
  );
  const title = words("sign_in.title");
  useEffect(() => {
    document.title = `${title} - ${shell("app.name")}`;
  }, [title, shell]);
  const other = locales.find((locale) => locale !== currentLocale()) ?? "en";
  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <div className="sign-in-head">
          <span className="desk-brand">
            <Icon name="house" />
            {shell("app.name")}
          </span>
          <Button type="text" lang={other} onClick={() => void changeLocale(other)}>
            {localeNames[other]}
          </Button>
        </div>
        <h1>{title}</h1>
        {notice && showNotice && (
          <p className="desk-notice" role="status">
            {words(`ended.${notice}`)}
          </p>
        )}
        <FormProblem error={signIn.error} />
        <Form
          layout="vertical"
          requiredMark={false}
          onFinish={(values: { login: string; password: string }) => signIn.mutate(values)}
        >
          <Form.Item
            name="login"
            label={words("sign_in.login")}
            rules={[{ required: true, whitespace: true, message: words("sign_in.missing_login") }]}
          >
            <Input autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus />
          </Form.Item>
          <Form.Item
            name="password"
            label={words("sign_in.password")}
            rules={[{ required: true, message: words("sign_in.missing_password") }]}
          >
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
            {words("sign_in.submit")}
          </Button>
        </Form>
        <p className="sign-in-promise">{words("sign_in.promise")}</p>
      </div>
    </main>
  );
}
