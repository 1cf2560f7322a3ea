"""Lines of an import checked together: patches are applied, and what does not hold is refused."""

from dataclasses import dataclass

import orjson

from service.bulk import waiting
from service.bulk.findings import Found
from service.bulk.lines import Order, Reading
from service.bulk.refusals import dependent, faults_of
from service.bulk.staging import Staging
from service.errors import Fault
from service.kinds import BY_NAME
from service.records.place import Place
from service.storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Checking:
    """The checks of the lines of one import."""

    staging: Staging
    order: Order

    def apply_patches(self) -> None:
        """Apply all patches to what their records are now, in short transactions."""
        after: int | None = 0
        while after is not None:
            with self.staging.short() as transaction:
                after = self._patch(transaction, after)

    def settle(self, door: Transaction) -> None:
        """Apply and refuse until all that is left holds; raises `InvalidRecord` as `goes_on`."""
        while self.goes_on(door):
            pass

    def goes_on(self, door: Transaction) -> bool:
        """Apply some patches, or refuse lines; tell whether there was anything to do.

        Raises `InvalidRecord` where one line that is refused is the end of the import.
        """
        return self._patch(door, 0) is not None or self._refuse(door)

    def _patch(self, door: Transaction, after: int) -> int | None:
        """Apply some patches that are yet to be; return the place of the last, None for no more."""
        reading, lines = Reading(self.order), list[waiting.Waiting]()
        found = self.staging.patches(door, after)
        for patch in found:
            place = Place(BY_NAME[patch.kind], patch.id)
            sent = orjson.loads(patch.sent)
            proposal = reading.patched(place, sent, orjson.loads(patch.text))
            lines.append(waiting.proposed(patch.place, proposal, applied_to=patch.revision))
        self.staging.again(door, lines)
        return found[-1].place if found else None

    def _refuse(self, door: Transaction) -> bool:
        """Tell whether lines were refused; raises `InvalidRecord` where that ends the import."""
        found, held = self._found(door, hold=self.order.partial)
        if held and not found.lines:  # the lines that they blame stand
            found, _ = self._found(door, hold=False)
        if found.lines and not self.order.partial:
            raise found.problem()
        if found.lines:
            for some in self.staging.dependent(door):
                self._mark(door, [(d.place, dependent(d.kind, d.body, d.refs)) for d in some])
        return bool(found.lines)

    def _found(self, door: Transaction, *, hold: bool) -> tuple[Found, bool]:
        """Return which lines are refused, and whether any were held back.

        On `hold` those are that blame another line: it is not known yet whether that is refused.
        """
        found, held = Found(), False
        for batch in self.staging.faulty(door, self.order.caller, overwrite=self.order.overwrite):
            told = [
                (line.place, faults_of(line, self.order.caller, overwrite=self.order.overwrite))
                for line in batch
                if not (hold and line.blames)
            ]
            held = held or len(told) < len(batch)
            found.add(told)
            if self.order.partial and told:
                self._mark(door, told)
        return found, held

    def _mark(self, door: Transaction, told: list[tuple[int, list[Fault]]]) -> None:
        places = [place for place, _ in told]
        self.staging.refuse(door, places, [waiting.packed(faults) for _, faults in told])
