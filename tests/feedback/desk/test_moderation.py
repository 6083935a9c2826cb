"""What an editor does with feedback, and what of it stands in the history."""

import pytest
from django.db.models.signals import post_save
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry

from tests.feedback.desk.conftest import SECRET, give, now, secretive
from wagtail_prosjektnett.feedback import moderation
from wagtail_prosjektnett.feedback.audit import FeedbackAction
from wagtail_prosjektnett.models import Feedback

pytestmark = pytest.mark.django_db


def history(page):
    """What the history of a page says of feedback, oldest first."""
    entries = PageLogEntry.objects.filter(page=page, action__startswith="wagtail_prosjektnett.feedback")
    return [(FeedbackAction(entry.action), entry.data["feedback"]) for entry in entries.order_by("pk")]


@pytest.fixture
def saved():
    """The states that were told to whoever listens to what is saved."""
    told = []

    def listen(instance, **kwargs):
        told.append((instance.pk, instance.state))

    post_save.connect(listen, sender=Feedback)
    yield told
    post_save.disconnect(listen, sender=Feedback)


@pytest.mark.parametrize(
    "before, act, after, action",
    [
        ("waiting", moderation.show, "shown", FeedbackAction.SHOWN),
        ("waiting", moderation.hide, "hidden", FeedbackAction.HIDDEN),
        ("shown", moderation.hide, "hidden", FeedbackAction.HIDDEN),
        ("hidden", moderation.show, "shown", FeedbackAction.SHOWN),
        ("shown", moderation.show, "shown", None),
        ("hidden", moderation.hide, "hidden", None),
    ],
)
def test_each_state_is_changed_told_and_written_down_once(article, saved, before, act, after, action):
    feedback = give(article, state=before)
    saved.clear()
    changed = act([feedback])
    assert now(feedback).state == after
    assert [each.pk for each in changed] == ([feedback.pk] if action else [])
    assert saved == ([(feedback.pk, after)] if action else [])
    assert history(article) == ([(action, [feedback.pk])] if action else [])


def test_several_are_one_entry_for_each_page(article, base):
    first, second, about_base = give(article), give(article), give(base)
    moderation.show([first, about_base, second])
    assert history(article) == [(FeedbackAction.SHOWN, [first.pk, second.pk])]
    assert history(base) == [(FeedbackAction.SHOWN, [about_base.pk])]


def test_what_was_changed_since_it_was_seen_is_not_shown(article, saved):
    first, second, third = (give(article) for _ in range(3))
    seen = {each.pk: moderation.seen_as(each) for each in (first, second)}
    moderation.reply(first, "Uferdig", timezone.now(), seen=seen[first.pk])
    saved.clear()
    shown = moderation.show([first, second, third], seen=seen)
    assert [each.pk for each in shown] == [second.pk]
    assert saved == [(second.pk, "shown")]
    assert history(article)[-1] == (FeedbackAction.SHOWN, [second.pk])


def test_a_reply_is_kept_with_its_day_and_shows_nothing_by_itself(article, saved):
    feedback = give(article)
    answered = moderation.reply(feedback, "Takk", timezone.now(), seen=moderation.seen_as(feedback))
    assert (answered.reply, answered.replied_at, answered.state) == ("Takk", timezone.now(), "waiting")
    assert history(article) == [(FeedbackAction.ANSWERED, [feedback.pk])]
    moderation.reply(answered, "", timezone.now(), seen=moderation.seen_as(answered))
    assert (now(feedback).reply, now(feedback).replied_at) == ("", None)


def test_a_reply_may_show_both(article):
    feedback = give(article)
    answered = moderation.reply(feedback, "Takk", timezone.now(), seen=moderation.seen_as(feedback), show_too=True)
    assert (answered.state, answered.reply) == ("shown", "Takk")
    assert [action for action, _ids in history(article)] == [FeedbackAction.ANSWERED, FeedbackAction.SHOWN]


def test_nobody_answers_what_has_changed_meanwhile(article):
    feedback = give(article)
    seen = moderation.seen_as(feedback)
    moderation.reply(feedback, "Takk", timezone.now(), seen=seen)
    for stale in (seen, "", "x"):
        with pytest.raises(moderation.ChangedMeanwhile):
            moderation.reply(feedback, "Nei", timezone.now(), seen=stale)
    seen = moderation.seen_as(now(feedback))
    Feedback.objects.all().delete()
    with pytest.raises(moderation.ChangedMeanwhile):
        moderation.reply(feedback, "Nei", timezone.now(), seen=seen)


def test_who_answers_brings_no_erased_words_back(article):
    feedback = secretive(article)
    moderation.delete_words(feedback, timezone.now())
    with pytest.raises(moderation.ChangedMeanwhile):
        moderation.reply(feedback, "Takk", timezone.now(), seen=moderation.seen_as(feedback))
    moderation.show([feedback])
    assert now(feedback).comment == ""


def test_the_words_go_with_who_wrote_them_and_the_numbers_stay(article):
    feedback = secretive(article, state="shown", reply=SECRET)
    left = moderation.delete_words(feedback, timezone.now())
    assert (left.comment, left.reply, left.name, left.email, left.address) == ("", "", "", "", "")
    assert (left.helpful, left.used, left.state) == (True, True, "shown")
    assert history(article) == [(FeedbackAction.WORDS_DELETED, [feedback.pk])]


def test_the_history_of_a_deleted_article_is_kept_with_its_feedback(article):
    feedback = secretive(article)
    article.delete()
    moderation.hide([feedback])
    [entry] = ModelLogEntry.objects.filter(action=FeedbackAction.HIDDEN.value)
    assert entry.data == {"feedback": [feedback.pk]}
    assert SECRET not in f"{entry.label} {entry.message}"
    assert str(feedback.pk) in entry.message
