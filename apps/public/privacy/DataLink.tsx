import { Button } from "@wanjia/ui/form/Button";
import { lazy, Suspense, useState } from "react";
import { useReceiptWords } from "../receipts/words.ts";

const MyData = lazy(async () => ({ default: (await import("./MyData.tsx")).MyData }));

/** Opens what is kept under a receipt; who only wants to know how it stands waits for none of it. */
export function DataLink({ code, open = false }: { code: string; open?: boolean }) {
  const { ask } = useReceiptWords();
  const [opened, setOpened] = useState(open);
  if (!opened) {
    return (
      <Button block onClick={() => setOpened(true)}>
        {ask.my_data}
      </Button>
    );
  }
  return (
    <Suspense fallback={<p role="status">{ask.asking}</p>}>
      <MyData code={code} />
    </Suspense>
  );
}
