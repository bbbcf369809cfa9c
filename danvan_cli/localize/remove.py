"""Second step: the city tasks the unit leaves out, each with its reason."""

from __future__ import annotations

from dataclasses import replace

from danvan_cli.localize.locality import Locality
from danvan_cli.localize.programme import Dropped, Programme
from danvan_cli.problems import not_in_programme, unknown_task, used_twice


def remove(programme: Programme, locality: Locality) -> Programme:
    """`programme` without the tasks of `loai_bo` and their points."""
    if not locality.profile.loai_bo:
        return programme
    problems = []
    seen: dict[str, Dropped] = {}
    for choice in locality.profile.loai_bo:
        place = choice.place_of("ma")
        task = programme.task(choice.ma)
        if choice.ma in seen:
            problems.append(used_twice(choice.ma, place, seen[choice.ma].place))
        elif task is not None:
            for gone in (task, *programme.points(task.ma)):
                seen[gone.ma] = Dropped(
                    gone.ma, gone.tt, str(gone.noi_dung), "loai_bo", choice.ly_do, choice.place
                )
        else:
            left = programme.left_out(choice.ma)
            problems.append(
                not_in_programme(choice.ma, place, left.ly_do)
                if left
                else unknown_task(choice.ma, place, locality.catalogue.tasks)
            )
    kept = tuple(task for task in programme.tasks if task.ma not in seen)
    made = replace(programme, tasks=kept, dropped=(*programme.dropped, *seen.values()))
    return made.with_findings(*problems)
