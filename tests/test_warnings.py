"""What is going to be removed from Django or Wagtail cannot be used unseen: a warning of it fails the test run."""

import os
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
from django.utils.deprecation import RemovedAfterNextVersionWarning, RemovedInNextVersionWarning
from wagtail.utils.deprecation import removed_in_next_version_warning

ROOT = Path(__file__).parent.parent
DEPRECATIONS = [
    DeprecationWarning,
    PendingDeprecationWarning,
    RemovedInNextVersionWarning,
    RemovedAfterNextVersionWarning,
    removed_in_next_version_warning,
]
MODULES = ["wagtail_prosjektnett.pages.models", "django.db.models.base", "wagtail.blocks.base"]

#: Settings under which a model of ours would use something deprecated while it is imported.
DEPRECATED_AT_IMPORT = """
import warnings
from tests.settings import *
warnings.warn_explicit("soon gone", {category}, "models.py", 1, module="{module}")
"""


@pytest.mark.parametrize("category", DEPRECATIONS, ids=lambda category: category.__name__)
@pytest.mark.parametrize("module", MODULES)
def test_a_deprecation_is_an_error_whichever_file_it_names(category, module):
    with pytest.raises(category, match="soon gone"):
        warnings.warn_explicit("soon gone", category, "models.py", 1, module=module)


def test_any_warning_that_names_a_module_of_ours_is_an_error():
    with pytest.raises(UserWarning, match="unwise"):
        warnings.warn_explicit("unwise", UserWarning, "models.py", 1, module="wagtail_prosjektnett.pages.models")


@pytest.mark.parametrize("category", ["DeprecationWarning", "PendingDeprecationWarning"])
@pytest.mark.parametrize("module", ["wagtail_prosjektnett.pages.models", "django.db.models.base"])
def test_a_deprecation_at_import_ends_the_run(category, module, tmp_path):
    settings = DEPRECATED_AT_IMPORT.format(category=category, module=module)
    (tmp_path / "deprecated_settings.py").write_text(settings, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--ds=deprecated_settings", "--collect-only", "-q", "tests/domain"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0
    assert f"{category}: soon gone" in done.stdout + done.stderr
