import { mayWithPlaces, type PlaceAction } from "@wanjia/domain/places/policy";
import { isLiving, mayHangBelow } from "@wanjia/domain/places/rules";
import { PLACE_KINDS } from "@wanjia/domain/places/terms";
import { mayVisit } from "@wanjia/domain/visits/policy";
import { Icon } from "@wanjia/ui/icons/Icon";
import { App, Button, Dropdown } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { client } from "../shell/api.ts";
import { useFailureSentence } from "../shell/Problem.tsx";
import { useSession } from "../shell/session.tsx";
import { AddPlaceForm } from "./AddPlaceForm.tsx";
import { placesChanged, type Place } from "./data.ts";
import { CancelForm, MergeForm, RenameForm, SplitForm } from "./place-forms.tsx";
import { ReassignForm } from "./ReassignForm.tsx";
import { usePlaceWords } from "./words.ts";

/** What may be done to a place, the gravest last, and by whom. */
const ORDERS = [
  { key: "add", action: "add" },
  { key: "rename", action: "rename" },
  { key: "reassign", action: "reassign" },
  { key: "split", action: "end" },
  { key: "merge", action: "end" },
  { key: "cancel", action: "end" },
] as const satisfies readonly { key: string; action: PlaceAction }[];
type Order = (typeof ORDERS)[number]["key"];

export function PlaceActions({ place }: { place: Place }) {
  const words = usePlaceWords();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const sentence = useFailureSentence();
  const { role } = useSession();
  const [open, setOpen] = useState<Order>();
  const living = isLiving(place.status);
  const close = () => setOpen(undefined);
  const orders = (living ? ORDERS : []).filter(({ key, action }) => {
    if (!mayWithPlaces(role, action)) return false;
    if (key === "add") return PLACE_KINDS.some((kind) => mayHangBelow(kind, place.kind));
    return key !== "split" || place.below === 0;
  });
  const confirm = async () => {
    try {
      await client.places.confirm({ id: place.id });
      await placesChanged();
      message.success(words("one.confirmed"));
    } catch (error) {
      message.error(sentence(error));
    }
  };
  return (
    <>
      {place.buildingId !== null && mayVisit(role, "see_doors") && (
        <Button onClick={() => void navigate(`/buildings/${place.buildingId}`)}>
          {words("one.doors")}
        </Button>
      )}
      {mayVisit(role, "list") && (
        <Button
          onClick={() =>
            void navigate(
              place.kind === "building"
                ? `/visits?buildingId=${place.id}`
                : `/visits?placeId=${place.id}`,
            )
          }
        >
          {words("one.visits")}
        </Button>
      )}
      {living && place.status === "created" && mayWithPlaces(role, "confirm") && (
        <Button type="primary" onClick={() => void confirm()}>
          {words("one.confirm")}
        </Button>
      )}
      {orders.length > 0 && (
        <Dropdown
          trigger={["click"]}
          menu={{
            items: orders.map(({ key }) => ({
              key,
              label: words(`one.${key}`),
              danger: key === "cancel",
              onClick: () => setOpen(key),
            })),
          }}
        >
          <Button>
            {words("one.change")}
            <Icon name="down" size={1} />
          </Button>
        </Dropdown>
      )}
      {open === "add" && <AddPlaceForm parent={place} onClose={close} />}
      {open === "rename" && <RenameForm place={place} onClose={close} />}
      {open === "split" && <SplitForm place={place} onClose={close} />}
      {open === "merge" && <MergeForm place={place} onClose={close} />}
      {open === "reassign" && <ReassignForm places={[place]} onClose={close} />}
      {open === "cancel" && <CancelForm place={place} onClose={close} />}
    </>
  );
}
