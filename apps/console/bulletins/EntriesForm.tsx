import type { EntryInput } from "@wanjia/contract/bulletins";
import { needsReason } from "@wanjia/domain/bulletins/rules";
import { BULLETIN_LIMITS, ENTRY_RESULTS } from "@wanjia/domain/bulletins/terms";
import { UNSOLVED_REASONS } from "@wanjia/domain/matters/terms";
import { Button, Select } from "antd";
import { useMatterLabels } from "../matters/labels.ts";
import { FreeText } from "../privacy/FreeText.tsx";
import { Field } from "../shell/Field.tsx";
import { changed, EMPTY_ENTRY, mayAdd } from "./view-model.ts";
import { useBulletinLabels, useBulletinWords } from "./words.ts";

/** What the station writes: some things that were said, what was done, and how it came out. */
export function EntriesForm({
  entries,
  correction,
  onEntries,
  onCorrection,
}: {
  entries: readonly EntryInput[];
  /** Null in a first edition, which corrects nothing. */
  correction: string | null;
  onEntries: (entries: EntryInput[]) => void;
  onCorrection: (text: string) => void;
}) {
  const words = useBulletinWords();
  const replace = (at: number, change: Partial<EntryInput>): void =>
    onEntries(entries.map((entry, i) => (i === at ? changed(entry, change) : entry)));
  return (
    <div className="bulletin-form">
      {correction !== null && (
        <Field label={words("entries.correction")} hint={words("entries.correction_hint")}>
          {(id, hint) => (
            <FreeText
              id={id}
              aria-describedby={hint}
              autoSize
              maxLength={BULLETIN_LIMITS.correctionLength}
              value={correction}
              onChange={(event) => onCorrection(event.target.value)}
            />
          )}
        </Field>
      )}
      {entries.map((entry, at) => (
        <Entry
          key={at}
          n={at + 1}
          entry={entry}
          onChange={(change) => replace(at, change)}
          onRemove={() => onEntries(entries.filter((_, i) => i !== at))}
        />
      ))}
      {mayAdd(entries) && (
        <Button onClick={() => onEntries([...entries, EMPTY_ENTRY])}>{words("entries.add")}</Button>
      )}
    </div>
  );
}

function Entry({
  n,
  entry,
  onChange,
  onRemove,
}: {
  n: number;
  entry: EntryInput;
  onChange: (change: Partial<EntryInput>) => void;
  onRemove: () => void;
}) {
  const words = useBulletinWords();
  const labels = useBulletinLabels();
  const matters = useMatterLabels();
  return (
    <fieldset className="bulletin-entry">
      <legend>{words("entries.entry", { n })}</legend>
      {(["said", "did"] as const).map((field) => (
        <Field key={field} label={words(`entries.${field}`)}>
          {(id) => (
            <FreeText
              id={id}
              autoSize
              showCount
              maxLength={BULLETIN_LIMITS[`${field}Length`]}
              value={entry[field]}
              onChange={(event) => onChange({ [field]: event.target.value })}
            />
          )}
        </Field>
      ))}
      <div className="bulletin-choices">
        <Field label={words("entries.result")}>
          {(id) => (
            <Select
              id={id}
              value={entry.result}
              onChange={(result: EntryInput["result"]) => onChange({ result })}
              options={ENTRY_RESULTS.map((value) => ({ value, label: labels(`result.${value}`) }))}
            />
          )}
        </Field>
        {needsReason(entry) && (
          <Field label={words("entries.reason")}>
            {(id) => (
              <Select
                id={id}
                value={entry.reason}
                onChange={(reason: EntryInput["reason"]) => onChange({ reason })}
                options={UNSOLVED_REASONS.map((value) => ({
                  value,
                  label: matters(`reason.${value}`),
                }))}
              />
            )}
          </Field>
        )}
        <Button onClick={onRemove}>{words("entries.remove")}</Button>
      </div>
    </fieldset>
  );
}
