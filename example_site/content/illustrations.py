"""The illustrations of the example networks, drawn with Pillow in flat layers from back to front.

Coordinates are those of the finished image, 1600 by 900. Everything is drawn at twice that size and then
made smaller, which gives smooth edges. Each scene has random numbers of its own with a fixed seed, so that it
is the same each time.
"""

import math
from collections.abc import Callable, Sequence
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Point = tuple[float, float]
Line = list[Point]
Stops = Sequence[tuple[float, str]]

WIDTH, HEIGHT = 1600, 900
SCALE = 2

DARK = "#003a4a"
PETROL = "#00586f"
SUN = "#f2c14e"


class Scene:
    """An image under construction."""

    def __init__(self, seed: int, sky: Stops) -> None:
        self.random = Random(seed)  # noqa: S311
        self.image = gradient(sky, HEIGHT)

    def finished(self) -> Image.Image:
        """Return the image in its own size."""
        return self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)

    def shape(self, points: Line, color: str) -> None:
        """Fill a polygon."""
        ImageDraw.Draw(self.image).polygon(scaled(points), fill=color)

    def stroke(self, points: Line, color: str, width: float) -> None:
        """Draw a line with round joints and ends."""
        draw = ImageDraw.Draw(self.image)
        draw.line(scaled(points), fill=color, width=max(1, round(width * SCALE)), joint="curve")
        for x, y in (points[0], points[-1]):
            self.disc(x, y, width / 2, color)

    def disc(self, x: float, y: float, radius: float, color: str, flat: float = 1.0) -> None:
        """Fill a circle, or an ellipse that is ``flat`` times as high as it is wide."""
        box = [(x - radius) * SCALE, (y - radius * flat) * SCALE, (x + radius) * SCALE, (y + radius * flat) * SCALE]
        ImageDraw.Draw(self.image).ellipse(box, fill=color)

    def land(self, line: Line, stops: Stops) -> None:
        """Fill everything below a line with a gradient that begins at the line's highest point."""
        top = max(0, int(min(y for _x, y in line)))
        layer = Image.new("RGB", self.image.size)
        layer.paste(gradient(stops, HEIGHT - top), (0, top * SCALE))
        self.image.paste(layer, mask=mask([*line, (WIDTH, HEIGHT), (0, HEIGHT)]))

    def veil(self, points: Line, color: str, strength: float, blur: float = 0) -> None:
        """Lay a transparent colour over a polygon, with a soft edge if ``blur`` is given."""
        soft = mask(points).filter(ImageFilter.GaussianBlur(blur * SCALE)) if blur else mask(points)
        self.image.paste(color, mask=soft.point(lambda value: int(value * strength)))

    def light(self, layer: Image.Image) -> None:
        """Add the light of a layer on black, as a lamp does."""
        self.image = ImageChops.screen(self.image, layer)


def scaled(points: Line) -> Line:
    """Return points in the size in which they are drawn."""
    return [(x * SCALE, y * SCALE) for x, y in points]


def mask(points: Line) -> Image.Image:
    """Return a mask that is white inside a polygon."""
    found = Image.new("L", (WIDTH * SCALE, HEIGHT * SCALE))
    ImageDraw.Draw(found).polygon(scaled(points), fill=255)
    return found


def rgb(color: str) -> tuple[int, int, int]:
    """Return the three parts of ``#rrggbb``."""
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def mix(first: str, second: str, share: float) -> str:
    """Return a colour between two: the first at 0, the second at 1."""
    parts = (round(a + (b - a) * share) for a, b in zip(rgb(first), rgb(second), strict=True))
    return "#{:02x}{:02x}{:02x}".format(*parts)


def gradient(stops: Stops, height: int) -> Image.Image:
    """Return a full-width image with colours from top to bottom; stops are positions from 0 to 1."""
    column = Image.new("RGB", (1, height * SCALE))
    for row in range(height * SCALE):
        place = row / (height * SCALE)
        before = max((stop for stop in stops if stop[0] <= place), default=stops[0])
        after = min((stop for stop in stops if stop[0] > place), default=before)
        share = (place - before[0]) / (after[0] - before[0]) if after[0] > before[0] else 0
        column.putpixel((0, row), rgb(mix(before[1], after[1], share)))
    return column.resize((WIDTH * SCALE, height * SCALE))


def rolling(random: Random, base: float, swing: float, waves: float = 1.5) -> Line:
    """Return the line of soft hills."""
    parts = [(waves * 2**n, swing / 1.9**n, random.uniform(0, math.tau)) for n in range(4)]
    return [
        (x, base - sum(size * math.sin(x / WIDTH * math.tau * rate + phase) for rate, size, phase in parts))
        for x in range(0, WIDTH + 8, 8)
    ]


def jagged(random: Random, corners: Line, rough: float) -> Line:
    """Return the line through some corners, broken up like a mountain ridge."""
    line, swing = list(corners), rough
    for _round in range(5):
        broken: Line = [line[0]]
        for (x, y), (next_x, next_y) in zip(line, line[1:], strict=False):
            place = random.uniform(0.4, 0.6)
            broken += [
                (x + (next_x - x) * place, y + (next_y - y) * place + random.uniform(-swing, swing)),
                (next_x, next_y),
            ]
        line, swing = broken, swing * 0.52
    return line


def height_at(line: Line, x: float) -> float:
    """Return the height of a line at a place."""
    for (left, y), (right, next_y) in zip(line, line[1:], strict=False):
        if left <= x <= right:
            return y + (next_y - y) * (x - left) / max(right - left, 1e-9)
    return line[-1][1]


def birch(scene: Scene, x: float, y: float, height: float, color: str, crown: Sequence[str] = ()) -> None:
    """Draw a mountain birch: crooked, with several stems, and a crown where it has leaves."""
    tips: Line = []
    for lean in (-0.32, 0.04, 0.36):
        _branch(scene, (x, y), -math.pi / 2 + lean, height * scene.random.uniform(0.34, 0.46), 4, color, tips)
    for tip_x, tip_y in tips if crown else ():
        scene.disc(tip_x, tip_y, height * scene.random.uniform(0.07, 0.13), scene.random.choice(crown))


def _branch(scene: Scene, start: Point, angle: float, length: float, left: int, color: str, tips: Line) -> None:
    bend = scene.random.uniform(-0.15, 0.15)
    end = (start[0] + math.cos(angle + bend) * length, start[1] + math.sin(angle + bend) * length)
    scene.stroke([start, end], color, length * 0.075)
    if left == 1:
        tips.append(end)
        return
    for turn in (-0.42, 0.38):
        _branch(scene, end, angle + turn * scene.random.uniform(0.6, 1.2), length * 0.64, left - 1, color, tips)


# Snow plain with northern lights


def vidde() -> Image.Image:
    """Draw a snow plain at night, with northern lights, a marked trail and a small cabin."""
    scene = Scene(7, [(0, "#021a25"), (0.3, "#00303f"), (0.52, "#0a5566"), (0.68, "#4c98a0")])
    for _star in range(170):
        x, y = scene.random.uniform(0, WIDTH), scene.random.uniform(0, 480) ** 0.97
        scene.disc(x, y, scene.random.choice((0.7, 0.9, 1.1, 1.6)), mix("#0a5566", "#ffffff", 1 - y / 620))
    for base, tall, color, phase in (
        (330, 300, "#1f9c86", 0.0),
        (400, 330, "#49d6a0", 1.5),
        (300, 210, "#2f7fa5", 3.6),
    ):
        scene.light(_aurora(base, tall, color, phase))
    far = rolling(scene.random, 574, 13, 1.2)
    scene.land(far, [(0, "#2f7485"), (0.35, "#5d9dab")])
    near = rolling(scene.random, 612, 15, 0.8)
    scene.land(near, [(0, "#6aa8b4"), (0.4, "#8dbfc9")])
    _cabin(scene, 1130, height_at(near, 1130) + 10)
    for x in (1010, 1036, 1262, 1290, 1316):
        birch(scene, x, height_at(near, x) + 8, scene.random.uniform(30, 46), "#0b4555")
    plain = [(x, 668 + 22 * math.sin(x / 520 + 0.6)) for x in range(0, WIDTH + 8, 8)]
    scene.land(plain, [(0, "#b7d8de"), (0.45, "#d8ebee"), (1, "#eef6f7")])
    scene.veil([(0, 700), (700, 684), (900, 706), (320, 742), (0, 760)], "#7fe0bd", 0.22, 26)
    for start, end, y, drop in ((0, 760, 800, 18), (640, 1600, 748, 20), (220, 1240, 866, 22)):
        drift = [(x, y + drop * math.sin((x - start) / (end - start) * math.pi)) for x in range(start, end + 1, 20)]
        scene.veil([*drift, *((x, y + 2 * (height - y) + 3) for x, height in reversed(drift))], "#9cc9d3", 0.35, 5)
    _trail(scene)
    birch(scene, 168, 812, 250, DARK)
    birch(scene, 262, 828, 150, DARK)
    birch(scene, 66, 838, 172, "#0a4656")
    return scene.finished()


def _aurora(base: float, tall: float, color: str, phase: float) -> Image.Image:
    """Return one curtain of light on black, drawn small and made larger, which softens it."""
    small = (WIDTH // 2, HEIGHT // 2)
    layer = Image.new("RGB", small)
    fade = [min(1.0, step / 6) * (1 - step / 100) ** 2.1 for step in range(100)]
    for x in range(small[0]):
        place = x / small[0]
        foot = base + 70 * math.sin(place * 5.2 + phase) + 26 * math.sin(place * 12.5 + phase * 2)
        rays = 0.62 + 0.2 * math.sin(place * 61 + phase) + 0.18 * math.sin(place * 143 + phase * 3)
        strength = rays * (0.35 + 0.65 * math.sin(place * math.pi) ** 0.8)
        length = tall * (0.75 + 0.25 * math.sin(place * 17 + phase))
        for step in range(int(length / 2)):
            y = int(foot / 2) - step
            share = strength * fade[int(step / (length / 2) * 100)]
            if 0 <= y < small[1]:
                layer.putpixel((x, y), rgb(mix("#000000", color, share)))
    return layer.filter(ImageFilter.GaussianBlur(3)).resize((WIDTH * SCALE, HEIGHT * SCALE), Image.Resampling.BICUBIC)


def _cabin(scene: Scene, x: float, y: float) -> None:
    scene.shape([(x - 34, y), (x - 34, y - 24), (x + 34, y - 24), (x + 34, y)], "#5a2a22")
    scene.shape([(x - 42, y - 22), (x - 26, y - 46), (x + 26, y - 46), (x + 42, y - 22)], "#e6f1f3")
    scene.shape([(x + 10, y - 46), (x + 10, y - 58), (x + 19, y - 58), (x + 19, y - 46)], DARK)
    for left in (x - 20, x + 8):
        scene.shape([(left, y - 7), (left, y - 18), (left + 13, y - 18), (left + 13, y - 7)], "#ffd77a")
    scene.veil([(x - 70, y + 2), (x + 70, y + 2), (x + 50, y + 18), (x - 50, y + 18)], "#ffd77a", 0.35, 8)


def _trail(scene: Scene) -> None:
    """Draw a track over the plain, and the poles that mark it."""
    middle: list[tuple[float, float, float]] = []
    for step in range(101):
        near = (step / 100) ** 2.2
        middle.append((1128 - 190 * math.sin(near * 2.6) - 190 * near, 664 + 246 * near, 0.6 + 26 * near))
    for side in (-1, 1):
        inner = [(x + side * wide * 0.55, y) for x, y, wide in middle]
        outer = [(x + side * wide, y) for x, y, wide in middle]
        scene.veil([*inner, *reversed(outer)], "#79b3c0", 0.75)
    for step in (30, 48, 62, 74, 84, 93):
        x, y, wide = middle[step]
        foot, tall, thick = x + wide * 2.4, 12 + wide * 5.4, 0.8 + wide * 0.16
        scene.veil([(foot, y), (foot + tall * 0.9, y + tall * 0.12), (foot + tall * 0.9, y + tall * 0.15)], PETROL, 0.3)
        scene.stroke([(foot, y), (foot, y - tall)], "#3d2a22", thick)
        scene.stroke([(foot, y - tall * 0.82), (foot, y - tall * 0.96)], SUN, thick * 1.5)


# Coast with a village


def kyst() -> Image.Image:
    """Draw a fjord with a fishing village at the water's edge."""
    scene = Scene(21, [(0, "#9fd0d6"), (0.3, "#cfe6e2"), (0.52, "#f8ead0"), (0.6, "#f8dfb8")])
    scene.disc(1180, 352, 54, "#fff6df")
    back = jagged(scene.random, [(0, 396), (180, 300), (330, 366), (560, 250), (760, 372), (960, 420), (1600, 432)], 22)
    scene.land(back, [(0, "#a9c9cb"), (1, "#c9dcd6")])
    _snow(scene, back, 330, "#eef4ef")
    middle = jagged(scene.random, [(0, 330), (120, 282), (300, 400), (520, 352), (760, 452), (1010, 470)], 18)
    scene.land([*middle, (1010, 474), (1600, 474)], [(0, "#6fa3ac"), (0.3, "#8fb8ba")])
    _snow(scene, middle, 338, "#e3eeea")
    right = jagged(scene.random, [(1080, 474), (1240, 400), (1390, 318), (1480, 346), (1600, 262)], 18)
    scene.land([(0, 474), *right], [(0, "#4f8d9a"), (0.35, "#7fb0b4")])
    _snow(scene, right, 330, "#dceae8")
    sea_from = 474
    scene.land([(0, sea_from), (WIDTH, sea_from)], [(0, "#a8d0cf"), (0.16, "#5fa3ad"), (0.5, "#1f7488"), (1, "#004a5e")])
    _glitter(scene, sea_from)
    shore = _shore(scene)
    _village(scene, shore)
    _boat(scene, 1150, 668, 1.25)
    _boat(scene, 1410, 566, 0.55)
    _rocks(scene)
    return scene.finished()


def _snow(scene: Scene, ridge: Line, below: float, color: str) -> None:
    """Let snow lie on what is higher than a level, with a ragged lower edge."""
    for (x, y), (next_x, next_y) in zip(ridge, ridge[1:], strict=False):
        depth = max(0.0, (below - y) * 0.75)
        next_depth = max(0.0, (below - next_y) * 0.75)
        if depth or next_depth:
            tooth = scene.random.uniform(0.25, 1.0)
            foot = ((x + next_x) / 2, (y + next_y) / 2 + (depth + next_depth) / 2 * tooth)
            scene.shape([(x, y), (next_x, next_y), (next_x, next_y + next_depth * 0.4), foot, (x, y + depth * 0.4)], color)


def _glitter(scene: Scene, top: float) -> None:
    for _line in range(150):
        y = top + 4 + 420 * scene.random.random() ** 1.7
        near = (y - top) / 420
        x = scene.random.gauss(1180, 70 + 150 * near) if scene.random.random() < 0.55 else scene.random.uniform(0, WIDTH)
        half = (10 + 46 * near) * scene.random.uniform(0.5, 1.4)
        sheen = [(x - half, y), (x, y - 0.8 - 1.2 * near), (x + half, y), (x, y + 0.8 + 1.2 * near)]
        scene.veil(sheen, "#fdf3dc", 0.5 * (1 - near * 0.75))


def _shore(scene: Scene) -> Line:
    """Draw the point of land that the village stands on, and return its upper edge."""
    shore = [(x, 548 - 118 * math.exp(-(((x - 210) / 330) ** 2)) + 9 * math.sin(x / 61)) for x in range(0, 921, 10)]
    shore += [(960, 556), (1000, 566)]
    hill = [(x, y - 70 * math.exp(-(((x - 120) / 240) ** 2)) - 14) for x, y in shore[:80]]
    scene.shape([*hill, (800, 560), (0, 600)], "#4d8576")
    scene.shape([*shore, (1010, 574), (900, 590), (560, 600), (260, 622), (0, 640)], "#7f9d6b")
    scene.shape([(0, 606), (260, 590), (560, 578), (900, 566), (1010, 571), (900, 590), (560, 602), (260, 624), (0, 642)], "#55736b")
    return shore


HOUSES = (
    # left edge, width, wall height, colour, how far down the slope it stands
    (64, 62, 36, "#f3eee0", 6),
    (160, 56, 34, "#c98a2d", 16),
    (246, 66, 40, "#a63d2f", 4),
    (340, 54, 32, "#f3eee0", 26),
    (118, 70, 40, "#a63d2f", 66),
    (226, 60, 36, "#dba944", 72),
    (318, 64, 38, "#f3eee0", 76),
    (414, 58, 34, "#8f3328", 44),
    (500, 52, 32, "#e2b75a", 22),
    (584, 60, 36, "#f3eee0", 20),
    (674, 54, 32, "#a63d2f", 14),
)


def _village(scene: Scene, shore: Line) -> None:
    _church(scene, 448, height_at(shore, 448) + 10)
    for left, wide, wall, color, down in HOUSES:
        _house(scene, left, height_at(shore, left + wide / 2) + down, wide, wall, color)
    for left, wide, color in ((470, 84, "#8f3328"), (570, 74, "#a63d2f"), (660, 88, "#c98a2d"), (764, 70, "#8f3328")):
        _boathouse(scene, left, 606 - left * 0.03, wide, color)


def _house(scene: Scene, x: float, y: float, wide: float, wall: float, color: str) -> None:
    """Draw a house with its gable to the right, its long wall in shade."""
    gable, ridge = wide * 0.42, wall * 0.62
    front = x + wide - gable
    scene.shape([(x, y), (x, y - wall), (front, y - wall), (front, y)], mix(color, DARK, 0.2))
    scene.shape([(front, y), (front, y - wall), (front + gable / 2, y - wall - ridge), (x + wide, y - wall), (x + wide, y)], color)
    scene.shape([(x - 3, y - wall), (x + gable / 2, y - wall - ridge - 2), (front + gable / 2, y - wall - ridge - 2), (front - 3, y - wall)], "#2f4a55")
    scene.stroke([(front + gable / 2, y - wall - ridge - 1), (x + wide + 2, y - wall + 1)], "#2f4a55", 2.4)
    chimney = x + (wide - gable) * 0.55
    scene.shape([(chimney, y - wall - ridge), (chimney, y - wall - ridge - 9), (chimney + 6, y - wall - ridge - 9), (chimney + 6, y - wall - ridge)], "#6b4038")
    glass = "#fbe7b4" if color != "#f3eee0" else "#35606e"
    for left, top in ((front + gable / 2 - 4, y - wall * 0.75), (x + 7, y - wall * 0.72), (x + 20, y - wall * 0.72)):
        scene.shape([(left, top), (left + 8, top), (left + 8, top + 10), (left, top + 10)], glass)


def _boathouse(scene: Scene, x: float, y: float, wide: float, color: str) -> None:
    """Draw a boathouse on poles, with its reflection."""
    tall, roof = 34, 26
    for share in (0.06, 0.34, 0.64, 0.92):
        scene.stroke([(x + wide * share, y), (x + wide * share, y + 16)], "#3c3a34", 3)
    scene.shape([(x, y), (x, y - tall), (x + wide / 2, y - tall - roof), (x + wide, y - tall), (x + wide, y)], color)
    scene.stroke([(x - 4, y - tall + 3), (x + wide / 2, y - tall - roof), (x + wide + 4, y - tall + 3)], "#2f4a55", 4)
    scene.shape([(x + wide * 0.36, y), (x + wide * 0.36, y - 22), (x + wide * 0.64, y - 22), (x + wide * 0.64, y)], mix(color, DARK, 0.45))
    scene.shape([(x - 5, y), (x + wide + 5, y), (x + wide + 5, y + 4), (x - 5, y + 4)], "#6a5a48")
    for row in range(7):
        top, shrink = y + 20 + row * 8, row * 3.2
        band = [(x + shrink, top), (x + wide - shrink, top), (x + wide - shrink - 3, top + 4), (x + shrink + 3, top + 4)]
        scene.veil(band, color, 0.5 - row * 0.065)


def _church(scene: Scene, x: float, y: float) -> None:
    wall, roof = "#f7f3e8", "#2f4a55"
    scene.shape([(x, y), (x, y - 40), (x + 64, y - 40), (x + 64, y)], mix(wall, DARK, 0.14))
    scene.shape([(x - 4, y - 40), (x + 10, y - 70), (x + 64, y - 70), (x + 68, y - 40)], roof)
    scene.shape([(x + 56, y), (x + 56, y - 84), (x + 86, y - 84), (x + 86, y)], wall)
    scene.shape([(x + 52, y - 84), (x + 71, y - 142), (x + 90, y - 84)], roof)
    scene.stroke([(x + 71, y - 140), (x + 71, y - 154)], roof, 2)
    for left in (x + 10, x + 26, x + 42):
        scene.shape([(left, y - 12), (left, y - 28), (left + 7, y - 28), (left + 7, y - 12)], "#35606e")
    scene.shape([(x + 67, y - 50), (x + 67, y - 66), (x + 75, y - 66), (x + 75, y - 50)], "#35606e")


def _boat(scene: Scene, x: float, y: float, size: float) -> None:
    """Draw a small fishing boat and its reflection."""

    def at(*points: Point) -> Line:
        return [(x + px * size, y + py * size) for px, py in points]

    for row in range(5):
        wide, top = 66 - row * 9, 12 + row * 9
        scene.veil(at((-wide, top), (wide, top), (wide - 8, top + 5), (8 - wide, top + 5)), "#0b3a49", 0.5 - row * 0.09)
    scene.stroke(at((30, -20), (30, -96)), "#3c3a34", 3 * size)
    scene.stroke(at((30, -92), (84, -26)), "#3c3a34", 1.4 * size)
    scene.shape(at((-40, -14), (-40, -48), (-2, -48), (6, -14)), "#f7f3e8")
    scene.shape(at((-46, -48), (-44, -55), (4, -55), (4, -48)), "#a63d2f")
    for left in (-33, -18):
        scene.shape(at((left, -30), (left, -42), (left + 11, -42), (left + 11, -30)), "#35606e")
    scene.shape(at((-78, -18), (96, -26), (72, 12), (-66, 12)), PETROL)
    scene.shape(at((-78, -18), (96, -26), (93, -21), (-76, -12)), "#f7f3e8")
    scene.shape(at((-69, 5), (77, 5), (72, 12), (-66, 12)), "#a63d2f")


def _rocks(scene: Scene) -> None:
    """Draw the near shore in the corner."""
    edge = [(0, 800), (70, 782), (150, 800), (240, 794), (330, 830), (430, 842), (520, 880), (560, 900), (0, 900)]
    scene.shape(edge, "#0c3d4b")
    scene.shape([(0, 800), (70, 782), (150, 800), (130, 818), (40, 826), (0, 834)], "#2c6471")
    scene.shape([(240, 794), (330, 830), (300, 842), (220, 822)], "#2c6471")
    for _tuft in range(46):
        x = scene.random.uniform(0, 250)
        y = 806 + scene.random.uniform(0, 60)
        scene.stroke([(x, y), (x + scene.random.uniform(-7, 9), y - scene.random.uniform(14, 30))], "#b98a3a", 1.6)


# Mountains in autumn


def fjell() -> Image.Image:
    """Draw mountains behind autumn slopes, with a lake and mountain birches."""
    scene = Scene(5, [(0, "#8fc3cc"), (0.3, "#cfe3dc"), (0.5, "#f7e6c4")])
    for x, y, wide in ((300, 150, 150), (420, 172, 110), (1230, 110, 170), (1090, 134, 100)):
        scene.veil(ellipse(x, y, wide, 13), "#ffffff", 0.55, 4)
    ridge = jagged(scene.random, [(0, 372), (250, 300), (430, 352), (700, 300), (1000, 366), (1330, 286), (1600, 352)], 18)
    scene.land(ridge, [(0, "#a9c6c6"), (1, "#dcd9bf")])
    _peak(scene, 560, 118, 170, 960, 520, ("#6f97a0", "#3f7080", "#f3f5ee", "#c7dadb"))
    _peak(scene, 1130, 176, 800, 1500, 520, ("#5e8a95", "#2f6373", "#f3f5ee", "#bdd3d6"))
    _peak(scene, 150, 250, -200, 470, 520, ("#7fa3a8", "#4c7c89", "#f3f5ee", "#cfdedd"))
    slopes = (
        (452, 26, 1.1, "#a9713f", "#8a5a3c"),
        (500, 30, 0.8, "#c2672d", "#a24f2a"),
    )
    for base, swing, waves, top, bottom in slopes:
        line = rolling(scene.random, base, swing, waves)
        scene.land(line, [(0, top), (0.5, bottom)])
        _heath(scene, line, 46, (mix(top, SUN, 0.35), mix(top, "#7a2f22", 0.4), mix(top, PETROL, 0.3)), 90)
    _lake(scene)
    front = [(x, 752 - 60 * math.cos((x - 60) / 420) - 26 * math.sin(x / 190)) for x in range(0, WIDTH + 8, 8)]
    scene.land(front, [(0, "#c77b2a"), (0.35, "#9c4a26"), (1, "#5e2b22")])
    _heath(scene, front, 150, ("#e0a23a", "#b5502b", "#7a2f22", "#d98a2b", "#8a5a2c"), 420)
    leaves = ("#f2c14e", "#e8a93a", "#f5d06e", "#d98e2b")
    for x, tall in ((1010, 120), (1098, 170), (1290, 150), (1378, 250), (1500, 210), (92, 140), (182, 96), (620, 84)):
        birch(scene, x, height_at(front, x) + 14 + tall * 0.05, tall, "#3b2a2a", leaves)
    _cairn(scene, 400, height_at(front, 400) + 12)
    return scene.finished()


def ellipse(x: float, y: float, wide: float, tall: float) -> Line:
    """Return the outline of an ellipse."""
    steps = (math.tau * step / 48 for step in range(48))
    return [(x + math.cos(angle) * wide, y + math.sin(angle) * tall) for angle in steps]


def _peak(scene: Scene, x: float, y: float, left: float, right: float, foot: float, colors: Sequence[str]) -> None:
    """Draw a mountain with a light and a shaded side, and snow on the top."""
    lit, shade, snow, snow_shade = colors
    light_side = jagged(scene.random, [(left, foot), ((left + x) / 2, (foot + y) / 2 + 26), (x, y)], 22)
    dark_side = jagged(scene.random, [(x, y), ((right + x) / 2, (foot + y) / 2 + 34), (right, foot)], 22)
    crest = jagged(scene.random, [(x, y), (x + 34, (y + foot) / 2 - 20), (x - 10, foot)], 26)
    scene.shape([*light_side, *dark_side], lit)
    scene.shape([*crest, *reversed(dark_side)], shade)
    cap = y + (foot - y) * 0.3
    for side, color in ((light_side, snow), (dark_side, snow_shade)):
        edge = [point for point in side if point[1] < cap]
        middle = [point for point in crest if point[1] < cap * 1.06]
        teeth = _teeth(scene, edge[0] if side is light_side else middle[-1], middle[-1] if side is light_side else edge[-1])
        outline = [*edge, *middle, *reversed(teeth)] if side is light_side else [*edge, *reversed(teeth), *reversed(middle)]
        scene.shape(outline, color)


def _teeth(scene: Scene, start: Point, end: Point) -> Line:
    """Return the ragged lower edge of a cap of snow."""
    found = []
    for step in range(1, 9):
        share = step / 9
        drop = 30 if step % 2 else -16
        found.append((start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share + drop * scene.random.uniform(0.5, 1)))
    return found


def _heath(scene: Scene, line: Line, depth: float, colors: Sequence[str], count: int) -> None:
    """Scatter low bushes over a slope; those nearer the viewer are larger."""
    bushes = sorted((scene.random.random() ** 0.8, scene.random.uniform(-20, WIDTH + 20)) for _bush in range(count))
    for near, x in bushes:
        y = height_at(line, min(max(x, 0), WIDTH)) + 6 + near * depth
        scene.disc(x, y, (4 + 15 * near) * depth / 150 + 2, scene.random.choice(colors), 0.55)


def _lake(scene: Scene) -> None:
    """Draw a lake that mirrors the sky and the slope behind it."""
    top = 566
    scene.land([(0, top), (WIDTH, top)], [(0, "#7d5a45"), (0.12, "#8fa8a0"), (0.3, "#5a97a3"), (0.7, "#2a7183")])
    for _line in range(90):
        y = top + 6 + scene.random.random() * 190
        x, half = scene.random.uniform(0, WIDTH), scene.random.uniform(30, 130)
        color = scene.random.choice(("#f7e6c4", "#cfe3dc", "#3f8292"))
        scene.veil([(x - half, y), (x, y - 1.6), (x + half, y), (x, y + 1.6)], color, 0.55)


def _cairn(scene: Scene, x: float, y: float) -> None:
    """Draw a cairn with a red mark, as along a marked path."""
    rows = ((0, 34, 15), (-4, 29, 14), (3, 24, 13), (-2, 19, 12), (2, 13, 11))
    for number, (shift, wide, tall) in enumerate(rows):
        level = y - number * 20
        scene.disc(x + shift, level, wide, "#4d6670", tall / wide)
        scene.disc(x + shift - 4, level - 3, wide * 0.78, "#7f969b", tall / wide * 0.62)
    scene.disc(x - 2, y - 60, 8, "#b03a2a", 0.75)


# A road with six milestones


def veikart() -> Image.Image:
    """Draw a road that winds through a landscape to the horizon, with six milestones beside it."""
    scene = Scene(12, [(0, "#8fc8cf"), (0.25, "#cfe6e0"), (0.46, "#faecc9")])
    scene.disc(815, 300, 92, "#fdf1cf")
    scene.disc(815, 300, 62, "#fffaf0")
    back = jagged(scene.random, [(0, 330), (210, 236), (420, 330), (640, 356), (980, 352), (1190, 246), (1400, 318), (1600, 240)], 16)
    scene.land(back, [(0, "#8fb9bc"), (0.5, "#b9d0c4")])
    _snow(scene, back, 286, "#eef5f0")
    for base, swing, waves, top, bottom in (
        (362, 12, 1.3, "#6fa6a8", "#5b9799"),
        (388, 10, 0.9, "#4a8d93", "#3c7f86"),
    ):
        scene.land(rolling(scene.random, base, swing, waves), [(0, top), (0.5, bottom)])
    plain = [(x, 412 + 8 * math.sin(x / 330)) for x in range(0, WIDTH + 8, 8)]
    scene.land(plain, [(0, "#3b8a88"), (0.35, "#1f7379"), (1, "#00505f")])
    _fields(scene)
    _road(scene)
    for number, color in reversed(list(enumerate(MILESTONES))):
        _milestone(scene, number, color)
    return scene.finished()


MILESTONES = ("#f2c14e", "#eda944", "#e58f3c", "#d97436", "#c75a31", "#b0412c")
PLACES = (0.085, 0.245, 0.405, 0.56, 0.715, 0.885)


def along(place: float) -> tuple[float, float, float]:
    """Return the middle of the road and half its width, from 0 in front to 1 at the horizon."""
    near = (1 - place) ** 1.75
    y = 412 + 560 * near
    x = 800 + (70 + 420 * near**0.72) * math.sin(place * 9.6 - 2.2) * (1 - place * 0.3)
    return x, y, 2.5 + 112 * near


def _road(scene: Scene) -> None:
    steps = [along(step / 400) for step in range(401)]
    for share, color in ((1.22, "#00414f"), (1.0, "#f4ead2")):
        left = [(x - wide * share, y) for x, y, wide in steps]
        right = [(x + wide * share, y) for x, y, wide in steps]
        for index in range(400):
            scene.shape([left[index], left[index + 1], right[index + 1], right[index]], color)
    for start in range(4, 380, 14):
        dash = steps[start : start + 7]
        outline = [(x - wide * 0.035, y) for x, y, wide in dash] + [(x + wide * 0.035, y) for x, y, wide in reversed(dash)]
        scene.shape(outline, "#7fa3a3")


def _fields(scene: Scene) -> None:
    """Lay soft bands and bushes over the plain."""
    for _band in range(22):
        y = 424 + 470 * scene.random.random() ** 1.6
        near = (y - 412) / 490
        x, wide = scene.random.uniform(0, WIDTH), (90 + 420 * near) * scene.random.uniform(0.6, 1.2)
        color = scene.random.choice(("#5fa58f", "#0d6470", "#7fb58f", "#004c5c"))
        scene.veil(ellipse(x, y, wide, 5 + 26 * near), color, 0.35, 3)
    bushes = sorted(424 + 460 * scene.random.random() ** 1.4 for _bush in range(150))
    for y in bushes:
        near, x = (y - 412) / 490, scene.random.uniform(-20, WIDTH + 20)
        size = 3 + 24 * near
        color = scene.random.choice(("#0a5a66", "#00485a", "#2f8580", "#d9963a", "#e2b450"))
        scene.disc(x, y, size, color, 0.6)
        scene.disc(x - size * 0.2, y - size * 0.18, size * 0.6, mix(color, "#ffffff", 0.14), 0.55)


def _milestone(scene: Scene, number: int, color: str) -> None:
    """Draw a post with a disc, on alternating sides of the road; the last one carries a flag."""
    x, y, wide = along(PLACES[number])
    side = 1 if number % 2 else -1
    size = 0.24 + wide / 105
    foot = x + side * (wide * 1.32 + 12 * size)
    top = y - 178 * size
    scene.veil(ellipse(foot + 30 * size, y + 3 * size, 46 * size, 8 * size), "#00303d", 0.45, 2)
    scene.stroke([(foot, y), (foot, top)], "#fbf6e8", 9 * size)
    if number == len(MILESTONES) - 1:
        scene.shape([(foot, top - 4), (foot + 108 * size, top + 30 * size), (foot, top + 66 * size)], color)
        return
    scene.disc(foot, top, 47 * size, "#fbf6e8")
    scene.disc(foot, top, 38 * size, color)
    scene.disc(foot, top, 14 * size, "#fbf6e8")


ALL: dict[str, Callable[[], Image.Image]] = {"vidde": vidde, "kyst": kyst, "fjell": fjell, "veikart": veikart}
