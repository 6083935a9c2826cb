"""Makes a content file of any size, of the kind that a network of many years would have."""

import shutil
import sys
from pathlib import Path

FILES = Path(__file__).parent.parent / "tests" / "content" / "files"

HEAD = """format: prosjektnett
version: 1
organisations:
  - {key: karasjok, name: Kárášjohka – Karasjok, kind: municipality, municipality_number: 5610}
people:
  - {key: leader, name: Nettverksleder, organisation: karasjok, email: leder@example.org}
topics:
  - {key: forankring, name: Forankring}
images:
  - {key: vidde, file: images/vidde.png, title: Vidda, alt: Snødekt vidde}
documents:
  - {key: lysark, file: documents/lysark.pdf, title: Lysark}
network: {key: testnett, title: Testnettverket, lead: Et nettverk for målinger.}
"""
GATHERING = """    - key: samling-{number}
      title: Samling {number}
      lead: Vi møtes i øst og i vest.
      image: vidde
      registration_method: link
      registration_link: https://example.org/pamelding
      registration_deadline: {year}-01-31
      body:
        - heading: Bakgrunn
        - paragraph: <p>Se <a href="document:lysark">lysarkene</a> og <a href="page:artikkel-{number}">mer</a>.</p>
        - fact_box: {{heading: Husk, text: "<p>Ta med <b>mandatet</b>.</p>"}}
      occurrences:
        - {{key: ost, name: Øst, start_date: {year}-02-14, start_time: 10:00, end_time: 15:00, municipality: karasjok}}
        - {{key: vest, name: Vest, start_date: {year}-02-21}}
      programme:
        - slot: {{start: 10:00, end: 11:00, title: Velkommen, speakers: [{{name: Nettverksleder}}]}}
        - pause: {{title: Kaffe}}
      contacts:
        - {{person: leader, role: leader}}
      presentations:
        - {{title: Lysark, document: lysark, occurrence: vest, accessible: true}}
"""
ARTICLE = """    - key: artikkel-{number}
      title: Artikkel {number}
      lead: Mandatet ble skrevet sammen.
      kind: lesson
      phases: [konsept]
      topics: [forankring]
      municipality: karasjok
      source_gathering: samling-{number}
      responsible: leader
      lessons:
        - lesson:
            title: Begynn med nytten
            context: <p>Mandatet var uklart.</p>
            action: <p>Vi skrev det sammen.</p>
            result: <p>Alle kjente det igjen.</p>
      resources:
        - resource: {{title: Mal, document: lysark, kind: template}}
"""


def make_network(folder: Path, count: int) -> Path:
    """Write a network with ``count`` gatherings and as many articles into a folder; return its content file."""
    shutil.copytree(FILES, folder, dirs_exist_ok=True)
    parts = [HEAD, "gatherings:\n  key: samlinger\n  title: Samlinger\n  items:\n"]
    parts += [GATHERING.format(number=number, year=2000 + number % 25) for number in range(count)]
    parts += ["experiences:\n  key: erfaringer\n  title: Erfaringsbase\n  items:\n"]
    parts += [ARTICLE.format(number=number) for number in range(count)]
    file = folder / "network.yaml"
    file.write_text("".join(parts), encoding="utf-8")
    return file


if __name__ == "__main__":
    print(make_network(Path(sys.argv[1]), int(sys.argv[2])))
