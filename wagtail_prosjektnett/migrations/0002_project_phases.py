"""Create the six project phases of Prosjektveiviseren, for sites that do not make phases of their own.

Source: Digitaliseringsdirektoratet, prosjektveiviseren.digdir.no. One decision point follows each phase.
"""

import uuid

from django.db import migrations

NAMESPACE = uuid.UUID("5c6a1d0e-6f1b-5c1e-9a5d-6d1c7a0f3b52")

PHASES = [
    ("ide", "Idé", "Behovet beskrives, og en foreløpig plan viser om det er verdt å gå videre. Slutter med BP1."),
    ("konsept", "Konsept", "Ulike løsninger vurderes, og en begrunnet anbefaling legges frem. Slutter med BP2."),
    ("planlegge", "Planlegge", "Prosjektet planlegges og forankres, og organisasjonen gjøres klar. Slutter med BP3."),
    ("gjennomfore", "Gjennomføre", "Produktene lages, godkjennes og overleveres, trinn for trinn. Slutter med BP4."),
    ("avslutte", "Avslutte", "Prosjektet avsluttes, erfaringene samles, og ansvaret føres over til linjen. Slutter med BP5."),
    ("realisere", "Realisere", "Gevinstene hentes ut og følges opp av linjen. Slutter med BP6."),
]


def create_phases(apps, schema_editor):
    Locale = apps.get_model("wagtailcore", "Locale")
    ProjectPhase = apps.get_model("wagtail_prosjektnett", "ProjectPhase")
    locale = Locale.objects.filter(language_code__in=["nb", "no", "nn"]).first() or Locale.objects.first()
    if locale is None:
        return
    for number, (key, name, description) in enumerate(PHASES, start=1):
        ProjectPhase.objects.create(
            translation_key=uuid.uuid5(NAMESPACE, f"phase/{key}"),
            locale=locale,
            name=name,
            description=description,
            sort_order=number,
        )


class Migration(migrations.Migration):
    dependencies = [
        ("wagtail_prosjektnett", "0001_initial"),
        ("wagtailcore", "0054_initial_locale"),
    ]
    operations = [migrations.RunPython(create_phases, migrations.RunPython.noop)]
