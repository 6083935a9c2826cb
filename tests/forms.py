"""What an editor's browser sends, with as little filled in as each form allows."""

from typing import Any

from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

PROMOTE = {"slug": "side", "seo_title": "", "search_description": "", "go_live_at": "", "expire_at": ""}


def network_data(**changes: Any) -> dict[str, Any]:
    """The form of a network."""
    return nested_form_data(
        {
            **PROMOTE,
            "title": "Nettverk",
            "lead": "",
            "period": "",
            "time_zone": "Europe/Oslo",
            "active_from": "",
            "wind_down_from": "",
            "closed_from": "",
            "taken_down_from": "",
            "guidance_kind": "none",
            "guidance_until": "",
            "guidance_how": rich_text(""),
            "banner_heading": "",
            "banner_text": rich_text(""),
            "successor_page": "",
            "successor_link": "",
            "successor_title": "",
            "body": streamfield([]),
            "members": inline_formset([]),
            "contacts": inline_formset([]),
            "comments": inline_formset([]),
            **changes,
        }
    )


def occurrence_row(**changes: Any) -> dict[str, Any]:
    """A row of the form of a gathering."""
    return {
        "id": "",
        "uid": "",
        "name": "",
        "start_date": "2026-12-10",
        "start_time": "",
        "end_date": "",
        "end_time": "",
        "precision": "day",
        "decision": "as_planned",
        "place": "",
        "address": "",
        "municipality": "",
        "online_address": "",
        "capacity": "",
        "registration_deadline": "",
        "availability": "available",
        **changes,
    }


def presentation_row(**changes: Any) -> dict[str, Any]:
    """A row of the form of a gathering."""
    return {"id": "", "title": "Lysark", "speaker": "", "occurrence_uid": "", "document": "", "link": "", **changes}


def gathering_data(
    occurrences: Any = None, presentations: Any = (), *, initial: int = 0, **changes: Any
) -> dict[str, Any]:
    """The form of a gathering; ``initial`` is how many of the occurrences it had before."""
    rows = [{}] if occurrences is None else occurrences
    return nested_form_data(
        {
            **PROMOTE,
            "title": "Samling",
            "lead": "",
            "target_audience": "",
            "season": "",
            "registration_method": "none",
            "registration_link": "",
            "registration_email": "",
            "registration_opens": "",
            "registration_deadline": "",
            "registration_waiting_list": "on",
            "registration_kept_days": "",
            "survey_link": "",
            "evaluation_summary": rich_text(""),
            "evaluation_outcome": rich_text(""),
            "body": streamfield([]),
            "programme": streamfield([]),
            "occurrences": inline_formset([occurrence_row(**row) for row in rows], initial=initial),
            "questions": inline_formset([]),
            "presentations": inline_formset([presentation_row(**row) for row in presentations]),
            "contacts": inline_formset([]),
            "comments": inline_formset([]),
            **changes,
        }
    )


def section_data(**changes: Any) -> dict[str, Any]:
    """The form of any of the three sections."""
    return nested_form_data(
        {**PROMOTE, "title": "Oversikt", "lead": "", "body": streamfield([]), "comments": inline_formset([]), **changes}
    )


def announcement_data(**changes: Any) -> dict[str, Any]:
    """The form of an announcement."""
    return nested_form_data(
        {
            **PROMOTE,
            "title": "Ny nyhet",
            "lead": "",
            "body": streamfield([]),
            "correction": rich_text(""),
            "comments": inline_formset([]),
            **changes,
        }
    )


def article_data(**changes: Any) -> dict[str, Any]:
    """The form of an article."""
    streams = {name: streamfield([]) for name in ("body", "lessons", "resources")}
    rows = {name: inline_formset([]) for name in ("related_pages", "comments")}
    return nested_form_data(
        {**PROMOTE, "title": "Ny artikkel", "lead": "", "kind": "guide", **streams, **rows, **changes}
    )
