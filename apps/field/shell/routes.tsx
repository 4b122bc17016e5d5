import { MatterScreen } from "../matters/MatterScreen.tsx";
import { MattersScreen } from "../matters/MattersScreen.tsx";
import { BuildingScreen } from "../visits/BuildingScreen.tsx";
import { RefusedScreen } from "../visits/RefusedScreen.tsx";
import { TodayScreen } from "../visits/TodayScreen.tsx";
import { VisitScreen } from "../visits/VisitScreen.tsx";
import { usePlace } from "./navigation.tsx";
import { SettingsScreen } from "./SettingsScreen.tsx";

/** Which screen an address shows; what it doesn't know is today. */
export function Routes() {
  const { path, query } = usePlace();
  const [first, second, third] = path;
  if (first === "building" && second !== undefined) {
    return <BuildingScreen key={second} blockKey={second} doorId={query["door"] ?? null} />;
  }
  if (first === "visit" && second !== undefined && third !== undefined) {
    const { corrects = null, repairs = null, arranged = null } = query;
    return (
      <VisitScreen
        key={`${third} ${corrects} ${repairs}`}
        blockKey={second}
        placeId={third}
        purpose={{ corrects, repairs, arranged }}
      />
    );
  }
  if (first === "matters") {
    return second === undefined ? <MattersScreen /> : <MatterScreen key={second} id={second} />;
  }
  if (first === "refused") return <RefusedScreen />;
  if (first === "settings") return <SettingsScreen />;
  return <TodayScreen />;
}
