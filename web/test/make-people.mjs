// Writes made-up leaders as JSON Lines, for measuring: node make-people.mjs COUNT [SEED] > people.jsonl
const [count, seed] = [Number(process.argv[2] ?? 20_000), Number(process.argv[3] ?? 1)];

// mulberry32: small, seeded, the same on every machine.
let state = seed >>> 0;
function random() {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}
const pick = (list) => list[Math.floor(random() * list.length)];
const between = (low, high) => low + Math.floor(random() * (high - low));

const surnames = [['Wang', '王'], ['Li', '李'], ['Zhang', '张'], ['Liu', '刘'], ['Chen', '陈'], ['Yang', '杨'], ['Zhao', '赵']];
const given = [['Wei', '伟'], ['Min', '敏'], ['Jing', '静'], ['Lei', '磊'], ['Yong', '勇'], ['Jie', '杰'], ['Tao', '涛'], ['Ming', '明'], ['Hua', '华']];
const fields = [['机械制造', 'mechanical manufacturing'], ['电气工程', 'electrical engineering'], ['政治经济学', 'political economy'], ['汉语言文学', 'Chinese literature'], ['地质', 'geology'], ['', '']];
const orgs = [['航天部第一研究院', 'Ministry of Aerospace Industry First Academy'], ['鞍山钢铁公司', 'Anshan Iron and Steel Works'], ['某县委', 'a county party committee'], ['省计划委员会', 'Provincial Planning Commission'], ['煤矿', 'colliery'], ['市人民政府', 'municipal government']];
const roles = [['工程师', 'engineer'], ['技术员', 'technician'], ['书记', 'secretary'], ['市长', 'mayor'], ['副主任', 'deputy director'], ['干事', 'clerk']];
const provinces = ['beijing', 'tianjin', 'hebei', 'shanxi', 'hunan', 'hubei', 'sichuan', 'guangdong', 'yunnan', 'gansu'];

for (let i = 0; i < count; ++i) {
  const [surname, first, second] = [pick(surnames), pick(given), pick(given)];
  const birth = between(1930, 1972);
  const career = [];
  for (let year = birth + 20; year < birth + 55;) {
    const end = year + between(1, 4);
    const [org, role] = [pick(orgs), pick(roles)];
    career.push({start: String(year), end: String(end), org_zh: org[0], org_en: org[1], role_zh: role[0], role_en: role[1]});
    year = end;
  }
  const field = pick(fields);
  const post = birth + between(48, 56);
  process.stdout.write(JSON.stringify({
    id: `person-${String(i).padStart(6, '0')}`, name_en: `${surname[0]} ${first[0]}${second[0].toLowerCase()}`, name_zh: surname[1] + first[1] + second[1], birth: String(birth),
    education: random() < 0.1 ? [] : [{start: String(birth + 18), end: String(birth + 22), field_zh: field[0], field_en: field[1], institution_en: 'Northwest University', degree: pick(['bachelor', 'master', 'doctor', '']), mode: 'full-time'}],
    career,
    posts: [{province: pick(provinces), office: pick(['governor', 'party_secretary']), start: String(post), end: String(post + between(1, 5))}],
  }) + '\n');
}
