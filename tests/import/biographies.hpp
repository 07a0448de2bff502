// Biographies of invented people, in the forms in which real ones come.
#pragma once

#include <string>

namespace cadre::testing {

inline const std::string kChineseLines =
    "陈远山_百度百科\n"
    "=== 人物履历 ===\n"
    "陈远山，男，汉族，1955年3月生，湖北江陵人，1973年7月参加工作，1979年5月加入中国共产党，研究生"
    "学历。"
    "曾任湖北省省长。\n"
    "1973.07-1978.02 湖北省江陵县红星公社知青\n"
    "1978.02-1982.01华中工学院机械工程系机械制造专业学习，获工学学士学位\n"
    "1982.01—1986年9月，第二汽车制造厂发动机分厂技术员、工程师；\n"
    "1986年9月至1991年4月 第二汽车制造厂副厂长兼总工程师（其间：1988.03-1988.07 "
    "中央党校培训班学习）\n"
    "1991年起 湖北省十堰市委副书记、市长\n"
    "1998.01-2003.01 湖北省委副书记，省政府省长、党组书记（1996.09-1999.07 "
    "武汉大学管理科学专业在职研究生学习，获管理学硕士学位）\n"
    "2003.01- 湖北省委书记、省人大常委会主任\n"
    "2015年5月，因病逝世。\n";

inline const std::string kChineseProse =
    "周明理，女，回族，1960年10月出生，宁夏吴忠人。1982年7月毕业于西北大学化学系分析化学专业。"
    "1982年8月任兰州石油化工研究院技术员，1990年3月至1995年6月担任该院副院长。"
    "1995年6月调任甘肃省科学技术委员会主任，同年10月兼任省政府副秘书长。"
    "2001年1月当选甘肃省省长。\n";

inline const std::string kEnglishProse =
    "Tang Weimin (born March 1958) is a Chinese engineer and politician. He is a native of "
    "Xiangtan, "
    "Hunan. From September 1978 to July 1982, he studied mechanical engineering at Harbin "
    "Institute "
    "of Technology, earning a bachelor's degree. From 1982 to 1996, he served as an engineer of "
    "the "
    "Shenyang Aircraft Design Institute. In January 2008, he was elected governor of Hunan.\n"
    "1978-82 Student, Mechanical Engineering Department, Tsinghua University\n"
    "1997-2001 Director, Science and Technology Commission, Tianjin\n";

}  // namespace cadre::testing
