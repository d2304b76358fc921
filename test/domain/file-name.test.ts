import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StageError } from '../../src/domain/errors.ts';
import { parseRecordingName } from '../../src/domain/file-name.ts';
import { displayTeams } from '../../src/domain/match.ts';

function teams(fileName: string): string {
  return displayTeams(parseRecordingName(fileName).match.teams);
}

function refusal(fileName: string): StageError {
  try {
    parseRecordingName(fileName);
  } catch (error) {
    assert.ok(error instanceof StageError);
    return error;
  }
  return assert.fail(`${fileName} was read`);
}

const clearReadings: readonly (readonly [name: string, teams: string])[] = [
  ['md_HuyzVietvsThezLeo_Friendly Game.mov', 'Huy/Viet vs The/Leo'],
  ['md_NhozVinhvsKhanhzLeo_Friendly Game.mov', 'Nho/Vinh vs Khanh/Leo'],
  // names that contain z or vs
  ['xd_KhanhzVyvsZezTram.mov', 'Khanh/Vy vs Ze/Tram'],
  ['md_VszVsvsZezZo.mov', 'Vs/Vs vs Ze/Zo'],
  ['ms_VsevolodvsTran.mov', 'Vsevolod vs Tran'],
  ['ms_TranvsVsevolod.mov', 'Tran vs Vsevolod'],
  ['md_DzungzBovsZoezQuyenz.mov', 'Dzung/Bo vs Zoe/Quyenz'],
  ['wd_QuyenzZzangvsLizzzAn.mov', 'Quyen/Zzang vs Lizz/An'],
  ['md_AzBvsCzD.mov', 'A/B vs C/D'],
  // singles are never split
  ['ms_DzungvsKhanhzLeo.mov', 'Dzung vs KhanhzLeo'],
  ['ws_Anne-MarievsZoe.mov', 'Anne-Marie vs Zoe'],
  // one case only, and capital separators
  ['md_huyzvietvsthezleo.mov', 'huy/viet vs the/leo'],
  ['MD_HUYZVIETVSTHEZLEO.MOV', 'HUY/VIET vs THE/LEO'],
  ['md_KhanhZLeoVSHuyZViet.mov', 'Khanh/Leo vs Huy/Viet'],
  ['md_dzungzbovsanzbo.mov', 'dzung/bo vs an/bo'],
  // separators that cannot be letters, and spaces
  ['md_Huy+VietvsThe-Leo.mov', 'Huy/Viet vs The/Leo'],
  ['md_ZezTram+DzungvsLiz - Bo.mov', 'ZezTram/Dzung vs Liz/Bo'],
  ['md_Anne-Marie + Bo vs. The-Leo.mov', 'Anne-Marie/Bo vs The/Leo'],
  ['md_Vinh-DzungvsThe-Leo.mov', 'Vinh/Dzung vs The/Leo'],
  ['md_Huy z Viet vs The z Leo.mov', 'Huy/Viet vs The/Leo'],
  ['md_Van AnzLe BovsThezLeo.mov', 'Van An/Le Bo vs The/Leo'],
  ['md_1-2vs3-4.mov', '1/2 vs 3/4'],
  // Vietnamese, and type and extension in any case
  ['Xd_NguyễnzĐứcvsÁnhzThắng.Mp4', 'Nguyễn/Đức vs Ánh/Thắng'],
  ['/recordings/input/ms_LeovsHuy.MOV', 'Leo vs Huy'],
  // marks of a copy
  ['md_HuyzVietvsThezLeo-1.mov', 'Huy/Viet vs The/Leo'],
  ['md_HuyzVietvsThezLeo (1).mov', 'Huy/Viet vs The/Leo'],
  ['md_HuyzVietvsThezLeo copy.mov', 'Huy/Viet vs The/Leo'],
  ['md_HuyzVietvsThezLeo copy 2.mov', 'Huy/Viet vs The/Leo'],
  ['md_HuyzVietvsThezLeo - Copy (2).mov', 'Huy/Viet vs The/Leo'],
  ['md_HuyzVietvsThezLeo bản sao.mov', 'Huy/Viet vs The/Leo'],
  ['md_HuyzVietvsThezLeo~2.mp4', 'Huy/Viet vs The/Leo'],
  ['md_HuyzVietvsThezLeo_1.mov', 'Huy/Viet vs The/Leo'],
  ['ms_Leo vs Copy.mov', 'Leo vs Copy'],
];

for (const [name, expected] of clearReadings) {
  test(`${name} is unambiguously read as ${expected}`, () => {
    const parsed = parseRecordingName(name);
    assert.equal(displayTeams(parsed.match.teams), expected);
    assert.equal(parsed.ambiguous, false);
    assert.deepEqual(parsed.alternatives, []);
  });
}

test('the match type is one of five, in any case', () => {
  const types = ['ms_AvsB', 'WS_AvsB', 'Md_A+BvsC+D', 'wD_A+BvsC+D', 'XD_A+BvsC+D'];
  assert.deepEqual(
    types.map((stem) => parseRecordingName(`${stem}.mov`).match.matchType),
    ['ms', 'ws', 'md', 'wd', 'xd'],
  );
});

const doubtful: readonly (readonly [name: string, best: string, others: readonly string[]])[] = [
  ['md_TuanzAnhzBovsThezLeo.mov', 'Tuan/AnhzBo vs The/Leo', ['TuanzAnh/Bo vs The/Leo']],
  ['md_huyzzungvsthezleo.mov', 'huy/zung vs the/leo', ['huyz/ung vs the/leo']],
  ['ms_AnvsBovsCi.mov', 'An vs BovsCi', ['AnvsBo vs Ci']],
  ['md_Anne-MariezBovsThezLeo.mov', 'Anne/MariezBo vs The/Leo', ['Anne-Marie/Bo vs The/Leo']],
  [
    'md_AnzBozCivsDizEmzPhu.mov',
    'An/BozCi vs Di/EmzPhu',
    ['An/BozCi vs DizEm/Phu', 'AnzBo/Ci vs Di/EmzPhu', 'AnzBo/Ci vs DizEm/Phu'],
  ],
];

for (const [name, best, others] of doubtful) {
  test(`${name} has ${others.length + 1} equally good readings, and says so`, () => {
    const parsed = parseRecordingName(name);
    assert.equal(displayTeams(parsed.match.teams), best);
    assert.equal(parsed.ambiguous, true);
    assert.deepEqual(
      parsed.alternatives.map((match) => displayTeams(match.teams)),
      others,
    );
  });
}

const tournaments: readonly (readonly [ending: string, tournament: string])[] = [
  ['', 'Cafe Game'],
  ['_', 'Cafe Game'],
  ['_ _', 'Cafe Game'],
  ['_friendly game', 'Friendly Game'],
  ['_Spring_cup__final', 'Spring Cup Final'],
  ['_team An vs team Bo', 'Team An vs Team Bo'],
  ['_BWF u19 mcDonald open', 'BWF U19 McDonald Open'],
  ['_giải đấu mùa xuân', 'Giải Đấu Mùa Xuân'],
  ['_semi-final (mixed)', 'Semi-Final (Mixed)'],
  ["_player's 2nd cup", "Player's 2nd Cup"],
  ['_Friendly Game (1)', 'Friendly Game'],
  ['_Friendly Game copy', 'Friendly Game'],
  ['_Friendly Game-1', 'Friendly Game'],
  ['_Open U19-1', 'Open U19'],
  ['_2', 'Cafe Game'],
  ['_round_2', 'Round 2'],
  ['_League 2024-25', 'League 2024-25'],
  ['_Season 24-25', 'Season 24-25'],
  ['_Cup (2024)', 'Cup (2024)'],
];

for (const [ending, expected] of tournaments) {
  test(`a name that ends with "${ending}" belongs to the tournament ${expected}`, () => {
    const { match } = parseRecordingName(`md_HuyzVietvsThezLeo${ending}.mov`);
    assert.equal(match.tournament, expected);
    assert.equal(displayTeams(match.teams), 'Huy/Viet vs The/Leo');
  });
}

test('a name in the form macOS uses (NFD) is the same match', () => {
  const name = 'md_NguyễnzĐứcvsÁnhzThắng_giải mùa hè.mov';
  assert.deepEqual(parseRecordingName(name.normalize('NFD')), parseRecordingName(name.normalize('NFC')));
  assert.equal(teams(name.normalize('NFD')), 'Nguyễn/Đức vs Ánh/Thắng'.normalize('NFC'));
});

const refused: readonly (readonly [name: string, problem: RegExp])[] = [
  ['abc_KhanhvsLeo.mov', /unknown match type "abc"/],
  ['_KhanhvsLeo.mov', /unknown match type ""/],
  ['KhanhvsLeo.mov', /match type and an underscore/],
  ['md_KhanhzLeo.mov', /no "vs"/],
  ['md_Khanh_LeovsHuyzViet.mov', /underscore before the "vs"/],
  ['md_DzungvsThezLeo.mov', /one player in the first team \("Dzung"\)/],
  ['md_HuyzVietvsZung.mov', /one player in the second team \("Zung"\)/],
  ['md_HuyZungvsThezLeo.mov', /one player in the first team \("HuyZung"\)/],
  ['md_A+B+CvsD+E.mov', /3 players in the first team/],
  ['md_A+vsD+E.mov', /one player in the first team/],
  ['md_vsThezLeo.mov', /no first team/],
  ['md_HuyzVietvs_Cup.mov', /no second team/],
  ['ms_!vsLeo.mov', /"!" as a player's name/],
  ['md_HuyzVietvsThezLeo.avi', /\.mov or \.mp4/],
  ['md_HuyzVietvsThezLeo', /\.mov or \.mp4/],
  ['', /\.mov or \.mp4/],
  [`ms_${'a'.repeat(300)}vsLeo.mov`, /longer than 255/],
];

for (const [name, problem] of refused) {
  test(`${name.slice(0, 40)} is refused with its reason and the right form`, () => {
    const error = refusal(name);
    assert.equal(error.code, 'BAD_NAME');
    assert.equal(error.remedy, 'fix');
    assert.match(error.message, problem);
    assert.match(error.action, /md_KhanhzLeovsHuyzViet_Friendly Game\.mov/);
    assert.match(error.action, /npx badminton correct/);
  });
}

test('the form shown in a refusal is itself accepted', () => {
  const examples = refusal('nonsense').action.match(/(?<=")[^"]+\.mov(?=")/g) ?? [];
  assert.deepEqual(examples.map(teams), ['Khanh/Leo vs Huy/Viet', 'Leo vs Huy']);
});

for (const ending of ['.MTS', '.m2ts', '.ts']) {
  test(`a camcorder's ${ending} is refused with the name under which it is read`, () => {
    const error = refusal(`md_HuyzVietvsThezLeo${ending}`);
    assert.equal(error.code, 'BAD_NAME');
    assert.match(error.message, /\.mov or \.mp4/);
    assert.ok(error.action.includes(`ends in .mp4 instead of ${ending}`), error.action);
    assert.equal(teams('md_HuyzVietvsThezLeo.mp4'), 'Huy/Viet vs The/Leo');
  });
}
