import { useResidentLabels } from "./words.ts";

/** Where to turn instead, by name and number, where nothing of a matter may be shown. */
export function RightWays() {
  const { guarded, ways } = useResidentLabels();
  return (
    <>
      <p>{guarded}</p>
      <ul className="site-points">
        {ways.map((way) => (
          <li key={way}>{way}</li>
        ))}
      </ul>
    </>
  );
}
