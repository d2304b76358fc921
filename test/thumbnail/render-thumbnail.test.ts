import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import sharp from 'sharp';
import { openDesigns } from '../../src/thumbnail/designs/designs.ts';
import { renderThumbnail } from '../../src/thumbnail/render-thumbnail.ts';
import { hall, requestFor, temporaryFolder } from './pictures.ts';

async function hallPhoto(t: TestContext, width = 1920, height = 1080, players = [0.4, 0.7]): Promise<string> {
  const photo = join(await temporaryFolder(t), 'frame.jpg');
  await hall(width, height, players).jpeg().toFile(photo);
  return photo;
}

/** Marker codes of a JPEG's segments up to the picture's data (ITU-T T.81, table B.1). */
function jpegMarkers(jpeg: Buffer): number[] {
  const markers: number[] = [];
  for (let at = 2; jpeg[at] === 0xff; at += 2 + jpeg.readUInt16BE(at + 2)) {
    markers.push(jpeg[at + 1] ?? 0);
    if (jpeg[at + 1] === 0xda) break;
  }
  return markers;
}

test('the picture is a baseline sRGB JPEG of 1280×720 with full colour and no metadata', async (t) => {
  const folder = await temporaryFolder(t);
  const photo = join(folder, 'phone.jpg');
  const gps = { IFD0: { Make: 'Phone' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '10/1 46/1 0/1' } };
  await hall(1920, 1080, [0.5]).withExif(gps).jpeg().toFile(photo);
  assert.ok((await sharp(photo).metadata()).exif, 'the photo must have something to lose');

  const { jpeg, width, height, template, theme, warnings } = await renderThumbnail(requestFor(photo));

  assert.deepEqual(
    { width, height, template, theme, warnings },
    { width: 1280, height: 720, template: 'sidebar', theme: 'blue', warnings: [] },
  );
  const read = await sharp(jpeg).metadata();
  assert.deepEqual(
    [read.format, read.width, read.height, read.space, read.chromaSubsampling],
    ['jpeg', 1280, 720, 'srgb', '4:4:4'],
  );
  assert.deepEqual(
    [read.exif, read.icc, read.xmp, read.iptc, read.orientation],
    [undefined, undefined, undefined, undefined, undefined],
  );
  const markers = jpegMarkers(jpeg);
  assert.ok(markers.includes(0xc0), 'baseline frame header');
  assert.deepEqual(
    markers.filter((marker) => marker > 0xe0 && marker <= 0xef),
    [],
    'no application segments but JFIF',
  );
});

test('the same request gives the same bytes, another text gives others', async (t) => {
  const photo = await hallPhoto(t);
  const [first, second] = [await renderThumbnail(requestFor(photo)), await renderThumbnail(requestFor(photo))];
  assert.ok(first.jpeg.equals(second.jpeg));
  const other = await renderThumbnail(requestFor(photo, { date: '2024-12-16' }));
  assert.ok(!first.jpeg.equals(other.jpeg));
});

test('even a picture of pure noise stays within 2,000,000 bytes', async (t) => {
  const photo = join(await temporaryFolder(t), 'noise.png');
  await sharp({
    create: {
      width: 1600,
      height: 900,
      channels: 3,
      background: '#808080',
      noise: { type: 'gaussian', mean: 128, sigma: 90 },
    },
  })
    .png({ compressionLevel: 1 })
    .toFile(photo);
  const { jpeg, width, height } = await renderThumbnail(requestFor(photo, { size: { width: 1920, height: 1080 } }));
  assert.ok(jpeg.length <= 2_000_000, `${jpeg.length} bytes`);
  assert.deepEqual([width, height], [1920, 1080]);
});

test('the picture is as large as the photo has pixels for, if requested', async (t) => {
  const sizeOf = async (width: number, height: number) => {
    const photo = await hallPhoto(t, width, height);
    const drawn = await renderThumbnail(requestFor(photo, { size: 'auto', crop: { x: 0, y: 0, width: 1, height: 1 } }));
    return [drawn.width, drawn.height];
  };
  assert.deepEqual(await sizeOf(1280, 720), [1280, 720]);
  assert.deepEqual(await sizeOf(1920, 1080), [1920, 1080]);
  assert.deepEqual(await sizeOf(3840, 2160), [2560, 1440]);
  assert.deepEqual(await sizeOf(640, 360), [1280, 720]);
});

test('the byte limit is respected, whatever it is', async (t) => {
  const photo = join(await temporaryFolder(t), 'noise.png');
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  await sharp({ create: { width: 1600, height: 900, channels: 3, background: '#888', noise } })
    .png()
    .toFile(photo);
  const bytes = async (mostBytes: number) => (await renderThumbnail(requestFor(photo, { mostBytes }))).jpeg.length;
  const [small, large] = [await bytes(1_000_000), await bytes(50_000_000)];
  assert.ok(small <= 1_000_000 && large > 1_000_000, `${small}, ${large}`);
});

for (const [what, width, height] of [
  ['portrait', 1080, 1920],
  ['4:3', 1440, 1080],
  ['very wide', 3000, 700],
  ['tiny', 40, 30],
] as const) {
  test(`a ${what} photo fills its place`, async (t) => {
    const { jpeg, warnings } = await renderThumbnail(requestFor(await hallPhoto(t, width, height, [])));
    const { data, info } = await sharp(jpeg)
      .extract({ left: 560, top: 0, width: 720, height: 720 })
      .raw()
      .toBuffer({ resolveWithObject: true });
    let black = 0;
    for (let i = 0; i < data.length; i += info.channels)
      if ((data[i] ?? 0) + (data[i + 1] ?? 0) + (data[i + 2] ?? 0) < 12) black += 1;
    assert.equal(black, 0, 'no part of the picture is left empty');
    assert.equal(warnings.length, what === 'tiny' ? 1 : 0, warnings.join());
  });
}

test('a photo that is upright only according to its EXIF is drawn upright', async (t) => {
  const folder = await temporaryFolder(t);
  const upright = join(folder, 'upright.png');
  const turned = join(folder, 'turned.png');
  await hall(1600, 900, [0.5]).png().toFile(upright);
  await sharp(upright).rotate(-90).withMetadata({ orientation: 6 }).png().toFile(turned);
  const [wanted, got] = [await renderThumbnail(requestFor(upright)), await renderThumbnail(requestFor(turned))];
  assert.ok(wanted.jpeg.equals(got.jpeg));
});

test('a person can choose the crop, and the old look', async (t) => {
  const photo = await hallPhoto(t);
  const plain = await renderThumbnail(requestFor(photo));
  const cropped = await renderThumbnail(requestFor(photo, { crop: { x: 0.6, y: 0.3, width: 0.3, height: 0.4 } }));
  const classic = await renderThumbnail(requestFor(photo, { grade: 'classic' }));
  assert.ok(!plain.jpeg.equals(cropped.jpeg));
  assert.ok(!plain.jpeg.equals(classic.jpeg));
});

test('a character that no font has is named, and nothing is drawn as a box', async (t) => {
  const photo = await hallPhoto(t);
  const match = { matchType: 'ms', teams: [['ሰ Kim'], ['Zoë 🏸']], tournament: 'Cafe Game' } as const;
  const { warnings } = await renderThumbnail(requestFor(photo, { match }));
  assert.equal(warnings.length, 2);
  assert.match(warnings[0] ?? '', /"ሰ" \(U\+1230\)/);
  assert.match(warnings[1] ?? '', /"🏸" \(U\+1F3F8\).*left out/);
});

test('a logo replaces the name; an unreadable one is a warning', async (t) => {
  const photo = await hallPhoto(t);
  const logo = join(photo, '..', 'logo.svg');
  await writeFile(
    logo,
    '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><circle cx="45" cy="45" r="40" fill="#ff8800"/></svg>',
  );
  const withName = await renderThumbnail(requestFor(photo));
  const withLogo = await renderThumbnail(requestFor(photo, { club: { name: 'Sun Badminton', logo } }));
  const [red = 0, , blue = 255] = await sharp(withLogo.jpeg)
    .extract({ left: 65, top: 55, width: 1, height: 1 })
    .raw()
    .toBuffer();
  assert.ok(red > 240 && blue < 30, 'the logo is where it belongs');
  const broken = await renderThumbnail(
    requestFor(photo, { club: { name: 'Sun Badminton', logo: '/nowhere/logo.png' } }),
  );
  assert.match(broken.warnings.join(), /\/nowhere\/logo\.png/);
  assert.ok(broken.jpeg.equals(withName.jpeg), 'without a readable logo nothing looks missing');
});

test('an unknown template or theme is refused, listing the available names', async (t) => {
  const photo = await hallPhoto(t);
  const refusal = (names: readonly string[]) => (error: { code: string; action: string }) =>
    error.code === 'TEMPLATE_UNKNOWN' && names.every((name) => error.action.includes(name));
  await assert.rejects(
    renderThumbnail(requestFor(photo, { template: 'nosuch' })),
    refusal(openDesigns().templateNames),
  );
  await assert.rejects(renderThumbnail(requestFor(photo, { theme: 'nosuch' })), refusal(openDesigns().themeNames));
});

test('a request that cannot be drawn is refused, naming the field', async (t) => {
  const photo = await hallPhoto(t);
  const match = { matchType: 'ms', teams: [['A'], []], tournament: '' } as const;
  await assert.rejects(renderThumbnail(requestFor(photo, { match })), {
    code: 'METADATA_INVALID',
    message: /match\.teams\[1\]/,
  });
  await assert.rejects(renderThumbnail(requestFor(photo, { size: { width: 720, height: 1280 } })), {
    code: 'METADATA_INVALID',
  });
});

test('a photo that is missing, truncated or not a picture is PICTURE_UNREADABLE', async (t) => {
  const folder = await temporaryFolder(t);
  const [text, half] = [join(folder, 'text.jpg'), join(folder, 'half.jpg')];
  await writeFile(text, 'this is no picture');
  const whole = await hall(1280, 720, [0.5]).jpeg().toBuffer();
  await writeFile(half, whole.subarray(0, whole.length / 2));
  for (const photo of [join(folder, 'missing.jpg'), text, half]) {
    await assert.rejects(renderThumbnail(requestFor(photo)), { code: 'PICTURE_UNREADABLE', remedy: 'fix' });
  }
});

test('it says which part of the photo it shows: all that a person asked for, in the shape of the design', async (t) => {
  const photo = join(await temporaryFolder(t), 'frame.png');
  await hall(1280, 720, [0.5]).png().toFile(photo);
  const wish = { x: 0.5, y: 0.25, width: 0.25, height: 0.25 };
  const { crop } = await renderThumbnail(requestFor(photo, { crop: wish }));
  assert.ok(crop.x <= wish.x + 0.001 && crop.y <= wish.y + 0.001, JSON.stringify(crop));
  assert.ok(crop.x + crop.width >= 0.749 && crop.x + crop.width <= 1.001 && crop.y + crop.height >= 0.499);
  const { crop: own } = await renderThumbnail(requestFor(photo));
  assert.ok(Math.abs(own.width / own.height - crop.width / crop.height) < 0.01, JSON.stringify([own, crop]));
});
