import { lazy, Suspense } from "react";
import "./figure.css";

const QrNow = lazy(async () => ({ default: (await import("./QrNow.tsx")).QrNow }));

/** `QrNow` whose code is fetched when the first square is shown. */
export function Qr(props: { text: string; label: string }) {
  return (
    <Suspense fallback={<svg className="w-qr" aria-hidden="true" viewBox="0 0 1 1" />}>
      <QrNow {...props} />
    </Suspense>
  );
}
